import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import type { HistoryPlace } from "#lib/history/storage/engine.ts";
import { openHistory } from "./history.ts";
import type { WriterTask } from "./history-writer.ts";
import { group, hub } from "./refresh.ts";

const script = join(import.meta.dirname, "history-writer.ts");
/** Recent, or the writers would delete it for its age. */
const start = Math.floor(Date.now() / 1000) * 1000 - 1_200_000;

/** Kills a writer with SIGKILL so often, each time later in its work, and finds all that it had acknowledged. */
export async function killWriters(place: HistoryPlace, kills: number): Promise<void> {
  let next = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    // Just before, within and just after a write: the moment moves on by parts of a millisecond.
    const acknowledged = await killedAfter(place, next, 3 + (kill % 5), (kill % 10) * 0.37);
    const found = await stored(place, acknowledged + 3);
    const numbers = Array.from({ length: acknowledged + 1 }, (_, number) => number);
    // One more may have been written, whose acknowledgement was killed with its writer.
    const isOneMore = found.lags.length === numbers.length + 1;
    expect(found.lags, `kill ${kill}`).toEqual(isOneMore ? [...numbers, acknowledged + 1] : numbers);
    expect(found.owners, `kill ${kill}`).toEqual(found.lags.map((number) => `owner-${number}`));
    next = found.lags.length;
  }
}

async function killedAfter(
  place: HistoryPlace,
  from: number,
  writes: number,
  waitMs: number,
): Promise<number> {
  const task: WriterTask = {
    place: place.kind === "sqlite" ? place : { kind: "postgres", url: place.url.reveal() },
    start,
    from,
  };
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let last = from - 1;
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    last = Number(line);
    if (last === from + writes - 1) {
      const until = performance.now() + waitMs;
      while (performance.now() < until);
      child.kill("SIGKILL");
    }
  });
  await Promise.all([once(child, "exit"), once(lines, "close")]);
  expect(last).toBeGreaterThanOrEqual(from + writes - 1);
  return last;
}

async function stored(place: HistoryPlace, count: number): Promise<{ lags: number[]; owners: string[] }> {
  const to = start + count * 1000;
  const history = await openHistory(place, { refreshSeconds: 1, clock: () => to });
  const { points } = await history.points({ hub, group, from: start, to, points: 2_000, partition: 0 });
  const { spans } = await history.owners({ hub, group, from: start, to });
  await history.close();
  const known = points.map(({ lag }) => lag).filter((lag) => lag !== null);
  // The last one holds for a moment longer than it was seen.
  return { lags: [...new Set(known)], owners: spans.map(({ ownerId }) => ownerId) };
}
