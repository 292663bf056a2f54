import type { Kysely } from "kysely";
import type { CommitRing } from "#lib/lag/commits.ts";
import type { LossWatch } from "#lib/lag/lost-events.ts";
import type { Tables } from "../storage/tables.ts";
import type { RefreshBatch } from "../writing/refresh-batch.ts";
import { encodeBeginnings } from "./beginning-codec.ts";
import { encodeGroup } from "./group-codec.ts";

/** Beginnings move slowly, and are told from minutes. */
const beginningsEveryMs = 60_000;

/** What of one series was written last, so that what stays is not written again. */
export interface WrittenSeries {
  rings: readonly CommitRing[];
  losses: readonly LossWatch[];
  renewalSeconds: number | null;
  beginningsAt: number;
}

/** The rows to write of what a batch's hub remembers; `after` is what holds once they are committed. */
export function rememberedRows(
  { at, entries, remembered }: RefreshBatch,
  written: ReadonlyMap<number, WrittenSeries>,
  idOf: (entry: RefreshBatch["entries"][number]) => number,
): { rows: Tables["remembered"][]; after: Map<number, WrittenSeries> } {
  const rows: Tables["remembered"][] = [];
  const after = new Map<number, WrittenSeries>();
  for (const entry of remembered === null ? [] : entries) {
    const id = idOf(entry);
    const before = written.get(id);
    const { store, consumer_group: consumerGroup } = entry.key;
    if (entry.owners === null) {
      if (before !== undefined && at < before.beginningsAt + beginningsEveryMs) continue;
      after.set(id, { rings: [], losses: [], renewalSeconds: null, beginningsAt: at });
      rows.push({ series_id: id, data: encodeBeginnings(remembered?.beginnings ?? new Map()) });
      continue;
    }
    const commits = [...(remembered?.commitsOf(store, consumerGroup) ?? [])];
    const rings = commits.map(([, ring]) => ring);
    const watched = [...(remembered?.lossesOf(store, consumerGroup) ?? [])];
    const losses = watched.map(([, watch]) => watch);
    const renewalSeconds = remembered?.renewalSecondsOf(store, consumerGroup) ?? null;
    if (
      isSame(rings, before?.rings) &&
      isSame(losses, before?.losses) &&
      renewalSeconds === before?.renewalSeconds
    )
      continue;
    after.set(id, { rings, losses, renewalSeconds, beginningsAt: 0 });
    rows.push({ series_id: id, data: encodeGroup(commits, renewalSeconds, watched) });
  }
  return { rows, after };
}

/** Rings and losses are never changed, only replaced. */
function isSame(values: readonly object[], before: readonly object[] | undefined): boolean {
  return before?.length === values.length && values.every((value, index) => value === before[index]);
}

export async function storeRemembered(
  db: Kysely<Tables>,
  rows: readonly Tables["remembered"][],
): Promise<void> {
  await db
    .insertInto("remembered")
    .values(rows)
    .onConflict((conflict) =>
      conflict.column("series_id").doUpdateSet((row) => ({ data: row.ref("excluded.data") })),
    )
    .execute();
}
