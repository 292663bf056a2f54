import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { note } from "./group/group-notes.ts";
import type { GroupSnapshot } from "./snapshot.ts";

type Note = ConsumerGroup["notes"][number];

/**
 * Adds a note to groups with active owners in several stores: each store's processors share the partitions
 * without knowing of the others. Skips stale groups.
 */
export function noteSeveralStores(groups: readonly GroupSnapshot[]): GroupSnapshot[] {
  const live = new Map<string, ConsumerGroup[]>();
  for (const { group } of groups) {
    if (group.stale || group.owners.length === 0) continue;
    const name = group.name.toLowerCase();
    live.set(name, [...(live.get(name) ?? []), group]);
  }
  return groups.map((snapshot) => {
    const { group } = snapshot;
    const others = (live.get(group.name.toLowerCase()) ?? []).filter((other) => isApart(group, other));
    if (group.stale || group.owners.length === 0 || others.length === 0) return snapshot;
    return { ...snapshot, group: { ...group, notes: [...group.notes, noteOf(group, others)] } };
  });
}

/** Owner ids belong to single processes: if all are the same, both stores lead to the same blobs. */
function isApart(one: ConsumerGroup, other: ConsumerGroup): boolean {
  if (one.store === other.store) return false;
  const ids = new Set(one.owners.map(({ ownerId }) => ownerId));
  return other.owners.length !== ids.size || other.owners.some(({ ownerId }) => !ids.has(ownerId));
}

function noteOf(group: ConsumerGroup, others: readonly ConsumerGroup[]): Note {
  const elsewhere = new Set(others.flatMap(({ owners }) => owners.flatMap(({ partitions }) => partitions)));
  const here = group.owners.flatMap(({ partitions }) => partitions);
  const told = reason("severalStores", {
    owners: group.owners.length,
    others: others.map(({ store, owners }) => ({ store, owners: owners.length })),
  });
  return note(
    told,
    here.filter((id) => elsewhere.has(id)),
  );
}
