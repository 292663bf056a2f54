import { type GroupMove, type GroupMoves, groupMoveResults } from "#lib/api/plans/group-moves.ts";
import { operationOf, waysToReplace } from "#lib/api/reasons/operation.ts";
import { toWire } from "#lib/api/reasons/reason.ts";
import { toIso } from "#lib/core/time.ts";
import type {
  GroupMoveEntryRecord,
  GroupMoveHead,
  GroupMoveRecord,
} from "#lib/history/group-moves/group-move-record.ts";

export function shownGroupMove(record: GroupMoveRecord): GroupMove {
  const operation = {
    ...operationOf({ target: { kind: record.undoes === null ? "move" : "undo" } }),
    toReplace: waysToReplace.severalGroups,
  };
  return {
    ...shownHead(record),
    results: countResults(record.entries),
    entries: record.entries.map(({ containers: _, undo: __, reason, warnings, ...entry }) => ({
      ...entry,
      reason: toWire(reason, operation),
      warnings: warnings.map((warning) => toWire(warning, operation)),
    })),
  };
}

export function shownHead(head: GroupMoveHead): GroupMoves["groupMoves"][number] {
  const { id, state, from, to, groups, whenRunning, actor, stopAsked, undoes, undoneBy } = head;
  return {
    id,
    state,
    from,
    to,
    groups,
    whenRunning,
    actor,
    createdAt: toIso(head.createdAt),
    expiresAt: toIso(head.expiresAt),
    startedAt: toIso(head.startedAt),
    endedAt: toIso(head.endedAt),
    stopAsked: stopAsked && { ...stopAsked, at: toIso(stopAsked.at) },
    undoes,
    undoneBy,
  };
}

export function countResults(entries: readonly Pick<GroupMoveEntryRecord, "result">[]): GroupMove["results"] {
  const counts = Object.fromEntries(groupMoveResults.map((result) => [result, 0])) as GroupMove["results"];
  for (const { result } of entries) counts[result] += 1;
  return counts;
}
