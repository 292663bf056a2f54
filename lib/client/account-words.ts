import type { Me } from "#lib/api/me.ts";
import type { Role } from "#lib/core/access.ts";

const roleWords: Record<Role, string> = {
  viewer: "may look",
  operator: "may look, read single events, export positions and prepare resets",
  admin: "may look, and prepare and apply resets",
};

/** Who looks, in a word or two for the page's bar. */
export function accountName({ kind, name }: Me): string {
  return kind === "nobody" ? "Nobody is signed in" : name;
}

/** What they may do and where, a sentence each. */
export function accountNotes({ kind, role, grants, readOnly }: Me): string[] {
  const limits = grants.filter(({ hubs, groups }) => !isAll(hubs) || !isAll(groups));
  return [
    ...(kind === "nobody"
      ? ["Nobody has to sign in here: whoever reaches this dashboard may do the same."]
      : role === null
        ? []
        : [`As ${role} you ${roleWords[role]}.`]),
    // A grant for everything makes those for less no limits.
    ...(limits.length < grants.length ? [] : limits.map(limitOf)),
    ...(readOnly ? ["The dashboard is read-only: nobody may prepare or apply a reset."] : []),
  ];
}

function limitOf({ role, hubs, groups }: Me["grants"][number]): string {
  const where = [
    isAll(groups) ? "all groups" : `groups ${groups.join(", ")}`,
    isAll(hubs) ? "of all hubs" : `of ${hubs.join(", ")}`,
  ];
  return `${role[0]?.toUpperCase()}${role.slice(1)}: ${where.join(" ")}.`;
}

function isAll(patterns: readonly string[]): boolean {
  return patterns.includes("*");
}
