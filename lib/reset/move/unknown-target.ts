import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import { knownGroupsOf } from "../group/known-groups.ts";
import type { ResetPlace } from "../group/place.ts";

type Place = Pick<ResetPlace, "hub" | "group" | "eventHubName" | "knownGroups" | "isGroupSeen">;

/**
 * Warns of a target group that the hub does not have, which is probably a typo. Where Azure can't be asked, a group
 * with a blob in any store of the hub counts as known.
 */
export async function unknownTarget(
  source: Pick<Place, "hub" | "group">,
  target: Place,
  abortSignal: AbortSignal,
): Promise<Reason[]> {
  const { group, eventHubName: eventHub } = target;
  if (source.hub === target.hub && isSameName(source.group, group)) return [];
  const { known, because } = await knownGroupsOf(target, abortSignal);
  if (known !== null)
    return known.some((name) => isSameName(name, group))
      ? []
      : [reason("targetGroupUnknown", { group, eventHub })];
  if (isSameName(group, "$Default") || target.isGroupSeen?.() === true) return [];
  return [reason("targetGroupNotSeen", { group, eventHub, because })];
}
