import { subjectDetails } from "#lib/core/subject.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { ActivityEntry } from "#lib/history/activity.ts";
import type { GroupMoveRecord } from "#lib/history/group-moves/group-move-record.ts";
import type { Caller } from "#lib/server/access/caller.ts";
import { countResults } from "./shown-group-move.ts";

/**
 * Names no group: whoever sees one group of the hub sees this entry. Each group's reset has its own entries.
 */
export function groupMoveActivity(
  record: GroupMoveRecord,
  outcome: "started" | "stopAsked" | "done" | "stopped",
  at: EpochMs,
  { name, subject }: Pick<Caller, "name" | "subject"> = callerOf(record),
): ActivityEntry {
  const { id, from, to, whenRunning, entries, undoes } = record;
  const counts = Object.entries(countResults(entries)).filter(([, count]) => count > 0);
  return {
    at,
    actor: name,
    action: undoes === null ? "moveGroups" : "undoMoveGroups",
    hub: from.hub,
    group: null,
    outcome,
    details: {
      groupMoveId: id,
      ...(undoes !== null && { undoes }),
      store: from.store,
      toStore: to.store,
      allHubs: from.allHubs,
      whenRunning,
      groups: entries.length,
      groupResults: Object.fromEntries(counts),
      ...subjectDetails({ subject }),
    },
  };
}

export function callerOf({ actor, ownerKey, subject }: GroupMoveRecord): Caller {
  return { name: actor, key: ownerKey, role: "admin", ...(subject !== null && { subject }) };
}
