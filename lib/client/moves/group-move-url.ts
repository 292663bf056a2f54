import type { GroupMove, GroupMovePreviewRequest } from "#lib/api/plans/group-moves.ts";
import {
  parseAsBoolean,
  parseAsString,
  pathWith,
  type ValuesOf,
  withDefault,
} from "#lib/client/url/parsers.ts";
import { moveGroupsPath } from "#lib/client/url/paths.ts";
import { fitsPatternWithoutCase } from "#lib/core/name-pattern.ts";

export const groupMoveParsers = {
  store: parseAsString,
  to: parseAsString,
  groups: withDefault(parseAsString, ""),
  allHubs: withDefault(parseAsBoolean, false),
  wait: withDefault(parseAsBoolean, false),
};

export type GroupMoveUrl = ValuesOf<typeof groupMoveParsers>;

export function patternsIn(text: string): string[] {
  const patterns = text.split(/[\s,]+/).filter((one) => one !== "");
  return patterns.length === 0 ? ["*"] : patterns;
}

export function chooseGroupMove(
  hub: string,
  { store, to, groups, allHubs, wait }: GroupMoveUrl,
  names: readonly string[],
): { request: GroupMovePreviewRequest; count: number } | { missing: string } {
  if (store === null || to === null) return { missing: "Choose both stores." };
  const patterns = patternsIn(groups);
  const count = names.filter((name) => patterns.some((one) => fitsPatternWithoutCase(one, name))).length;
  if (count === 0 && !allHubs)
    return { missing: names.length === 0 ? `Store ${store} has no groups.` : "No group fits these names." };
  return {
    request: {
      from: { hub, store, allHubs },
      to: { store: to },
      groups: patterns,
      whenRunning: wait ? "wait" : "skip",
    },
    count,
  };
}

export function chooseGroupsAgainPath({ from, to, groups, whenRunning }: GroupMove): string {
  const all = groups.length === 0 || groups.includes("*");
  return pathWith(moveGroupsPath(from.hub), groupMoveParsers, {
    store: from.store,
    to: to.store,
    groups: all ? null : groups.join(", "),
    allHubs: from.allHubs || null,
    wait: whenRunning === "wait" || null,
  });
}
