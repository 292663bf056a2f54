import type { Reset } from "#lib/api/resets.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { isOfBlobs } from "./blob-words.ts";
import { readsNew } from "./plan-totals.ts";
import type { Phrase } from "./target-words.ts";

/**
 * What an ended reset has the group read again and skip, in the words of its review. A partition that was written
 * over is left out: its group reads on from elsewhere.
 */
export function readPhrases(reset: Pick<Reset, "state" | "target" | "entries">): Phrase[] {
  const written = reset.entries.filter(({ result }) => result === "written");
  if (reset.state === "running" || isOfBlobs(reset) || written.length === 0) return [];
  const known = written.filter(({ replays, skips }) => replays != null && skips != null);
  const uncounted = written.length - known.length;
  const unknown = `How many events are read again or skipped is unknown${known.length === 0 ? "" : ` for ${plural(uncounted, "partition")}`}.`;
  if (known.length === 0) return [` ${unknown}`];
  const isUndo = reset.target.kind === "undo";
  const replays = known.reduce((sum, entry) => sum + (entry.replays ?? 0), 0);
  const skips = known.reduce((sum, entry) => sum + (entry.skips ?? 0), 0);
  const are = replays === 1 ? "is" : "are";
  const again: Phrase[] =
    replays === 0
      ? [" No events are read again"]
      : [
          " ",
          { strong: plural(replays, "event") },
          ` ${are} read${readsNew(reset.target, written) ? "" : " again"}`,
        ];
  const were = skips === 1 ? "was" : "were";
  const skipped: Phrase[] =
    skips === 0
      ? ["none was skipped"]
      : [{ strong: formatCount(skips) }, ` ${were} skipped${isUndo ? "" : ", never read"}`];
  return [...again, "; ", ...skipped, ".", ...(uncounted === 0 ? [] : [` ${unknown}`])];
}
