import { isSameName } from "#lib/core/name-pattern.ts";
import type { ResetPlace } from "../group/place.ts";

type Place = Pick<ResetPlace, "hub" | "store" | "group">;

/** Whether two places are one group in one store; names of groups are compared without case. */
export function isSameGroup(one: Place, other: Place): boolean {
  return one.hub === other.hub && one.store === other.store && isSameName(one.group, other.group);
}
