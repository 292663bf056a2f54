import { pause } from "#lib/core/pause.ts";
import type { CommandInput } from "../command.ts";
import { CommandFailure } from "../failure.ts";

const lookMs = 500;
/** A dashboard that is started again, or taken over from, answers within this. */
const awayMs = 120_000;

interface Following<T> {
  isOver(seen: T): boolean;
  progress(seen: T): string;
  read(): Promise<T>;
  goesOn: string;
}

/**
 * Polls work in the dashboard until it ends, and prints its progress. The work outlives the dashboard's process, so one
 * that is away is waited for. `goesOn` says, when we stop looking, that the work goes on, and where to look.
 * @throws CommandFailure `conflict` when we are told to stop, and as `read`
 */
export async function follow<T>(
  { output, signal }: Pick<CommandInput, "output" | "signal">,
  begun: T,
  { isOver, progress, read, goesOn }: Following<T>,
): Promise<T> {
  let seen = begun;
  let told = "";
  while (!isOver(seen)) {
    const line = progress(seen);
    if (line !== told) output.say(line);
    told = line;
    await pause(lookMs, signal);
    if (signal.aborted) throw new CommandFailure("conflict", goesOn);
    seen = await readPatiently();
  }
  return seen;

  async function readPatiently(): Promise<T> {
    const until = Date.now() + awayMs;
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof CommandFailure) || !error.mayPass) throw error;
        if (Date.now() >= until) throw new CommandFailure(error.outcome, `${error.message} ${goesOn}`);
        if (isFirst) output.say(`${error.message} Trying again …`);
        await pause(lookMs, signal);
        if (signal.aborted) throw new CommandFailure("conflict", goesOn);
      }
    }
  }
}
