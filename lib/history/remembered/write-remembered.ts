import type { Kysely } from "kysely";
import { turns } from "#lib/core/pause.ts";
import type { Tables } from "../storage/tables.ts";
import type { RefreshBatch } from "../writing/refresh-batch.ts";
import { encodeBeginnings } from "./beginning-codec.ts";
import { encodeGroup } from "./group-codec.ts";
import type { RememberedPartition } from "./partition-codec.ts";

/** Beginnings move slowly, so minutes are enough. */
const beginningsEveryMs = 60_000;

export interface WrittenSeries {
  /** Compared by identity: values are replaced, never changed. */
  parts: readonly unknown[];
  beginningsAt: number;
}

/** The changed rows of what a hub remembers. `after` holds once they are committed. Lets others run in between. */
export async function rememberedRows(
  { at, entries, remembered }: RefreshBatch,
  written: ReadonlyMap<number, WrittenSeries>,
  idOf: (entry: RefreshBatch["entries"][number]) => number,
): Promise<{ rows: Tables["remembered"][]; after: Map<number, WrittenSeries> }> {
  const rest = turns();
  const rows: Tables["remembered"][] = [];
  const after = new Map<number, WrittenSeries>();
  for (const entry of remembered === null ? [] : entries) {
    await rest();
    const id = idOf(entry);
    const before = written.get(id);
    const { store, consumer_group: consumerGroup } = entry.key;
    if (entry.owners === null) {
      if (before !== undefined && at < before.beginningsAt + beginningsEveryMs) continue;
      after.set(id, { parts: [], beginningsAt: at });
      rows.push({ series_id: id, data: encodeBeginnings(remembered?.beginnings ?? new Map()) });
      continue;
    }
    const commits = [...(remembered?.commitsOf(store, consumerGroup) ?? [])];
    const renewalSeconds = remembered?.renewalSecondsOf(store, consumerGroup) ?? null;
    const losses = [...(remembered?.lossesOf(store, consumerGroup) ?? [])];
    const { partitions, hadBlob, wasRead } = remembered?.usageOf(store, consumerGroup) ?? nothingKnown;
    const parts = [
      ...[renewalSeconds, hadBlob, wasRead],
      ...commits.map(([, ring]) => ring),
      ...losses.map(([, watch]) => watch),
      ...[...partitions.values()].flatMap(({ checkpoint, owner }) => [checkpoint, owner]),
    ];
    if (isSame(parts, before?.parts)) continue;
    after.set(id, { parts, beginningsAt: 0 });
    rows.push({
      series_id: id,
      data: encodeGroup({ renewalSeconds, partitions, hadBlob, wasRead, losses, commits }),
    });
  }
  return { rows, after };
}

const nothingKnown = { partitions: new Map<string, RememberedPartition>(), hadBlob: false, wasRead: false };

function isSame(parts: readonly unknown[], before: readonly unknown[] | undefined): boolean {
  return before?.length === parts.length && parts.every((part, index) => part === before[index]);
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
