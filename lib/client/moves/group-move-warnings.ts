import type { GroupMove, GroupMoveResult } from "#lib/api/plans/group-moves.ts";
import type { WireReason } from "#lib/api/reason.ts";
import { plural } from "#lib/client/format/format.ts";
import { type Alike, groupAlike } from "#lib/client/resets/alike.ts";

const leftAlone: ReadonlySet<GroupMoveResult> = new Set(["blocked", "unchanged", "skipped", "failed"]);
const mostNamed = 3;

/** What the plans of the groups warn of, each kind once. What is not moved has its own reason. */
export function groupWarnings({
  entries,
}: Pick<GroupMove, "entries">): { whom: string; reason: WireReason }[] {
  const isOneHub = new Set(entries.map(({ hub }) => hub)).size === 1;
  const given = entries
    .filter(({ result }) => !leftAlone.has(result))
    .flatMap(({ hub, group, warnings }) =>
      warnings.map((reason) => ({ partitionId: isOneHub ? group : `${hub}/${group}`, reason })),
    );
  return groupAlike(given).map((alike) => ({ whom: whomOf(alike), reason: alike.reason }));
}

function whomOf({ partitionIds: groups, isSame }: Alike): string {
  if (groups.length <= mostNamed && isSame) return groups.join(", ");
  const [first = ""] = groups;
  if (groups.length === 1) return first;
  return groups.length <= mostNamed
    ? `${groups.join(", ")} (details of ${first})`
    : `${plural(groups.length, "group")} (details of ${first})`;
}
