import { pause } from "#lib/core/pause.ts";
import type { CommandInput } from "../command.ts";
import { CommandFailure } from "../failure.ts";

const lookMs = 500;

interface Following<T> {
  isOver(seen: T): boolean;
  progress(seen: T): string;
  read(): Promise<T>;
  goesOn: string;
}

/**
 * Polls work in the dashboard until it ends, and prints its progress. `goesOn` says, when we stop looking,
 * that the work goes on, with the address of the page.
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
    seen = await read();
  }
  return seen;
}
