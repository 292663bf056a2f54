import type { Reset, ResetEntry } from "#lib/api/resets.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { toReset } from "#lib/reset/apply/to-reset.ts";
import type { PlannedPartitions } from "./planned-partitions.ts";
import { readCounts } from "./read-counts.ts";

export function shownReset(record: ResetRecord, planned: PlannedPartitions): Reset {
  const reset = toReset(record);
  const entries = reset.entries.map((entry, i) =>
    shownEntry(entry, record.entries[i], planned.get(entry.partitionId)),
  );
  return { ...reset, entries };
}

function shownEntry(
  entry: ResetEntry,
  recorded: EntryRecord | undefined,
  planned: ReturnType<PlannedPartitions["get"]>,
): ResetEntry {
  const { before, after, live } = entry;
  const write = recorded?.write ?? null;
  return {
    ...entry,
    ...readCounts(entry, planned),
    // Nothing is stored about unwritten partitions, but the review saw their checkpoint.
    before: before ?? (after === null ? (planned?.current ?? null) : null),
    live: live && {
      ...live,
      ...(write !== null && { target: write.sequenceNumber }),
      ...(planned?.holds && { holdSeconds: planned.holds.seconds }),
    },
  };
}
