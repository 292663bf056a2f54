import { fitsPattern, fitsPatternWithoutCase } from "./name-pattern.ts";

/** In ascending order: each role may do what those before it may. */
export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/**
 * A role and where it holds. In patterns `*` stands for any text; hubs match by id, groups by name without
 * case.
 */
export interface Grant {
  readonly role: Role;
  readonly hubs: readonly string[];
  readonly groups: readonly string[];
}

export interface Resource {
  hub: string;
  group?: string | undefined;
}

export function isAtLeast(role: Role | null, needed: Role): boolean {
  return role !== null && roles.indexOf(role) >= roles.indexOf(needed);
}

export function highestRole(grants: readonly Grant[]): Role | null {
  return roles.findLast((role) => grants.some((grant) => grant.role === role)) ?? null;
}

/**
 * The highest role at a resource. Null: it must not be seen. Anybody who sees a group of a hub sees the hub,
 * but acting on the whole hub takes a grant for all of its groups.
 */
export function roleAt(grants: readonly Grant[], { hub, group }: Resource): Role | null {
  const here = grants.filter(({ hubs }) => hubs.some((pattern) => fitsPattern(pattern, hub)));
  if (group !== undefined) {
    return highestRole(
      here.filter(({ groups }) => groups.some((pattern) => fitsPatternWithoutCase(pattern, group))),
    );
  }
  return highestRole(here.filter(coversAllGroups)) ?? (here.length > 0 ? "viewer" : null);
}

export function seesAllGroups(grants: readonly Grant[], hub: string): boolean {
  return grants.some(
    (grant) => coversAllGroups(grant) && grant.hubs.some((pattern) => fitsPattern(pattern, hub)),
  );
}

export function roleEverywhere(grants: readonly Grant[]): Role | null {
  return highestRole(grants.filter((grant) => coversAllGroups(grant) && grant.hubs.includes("*")));
}

function coversAllGroups({ groups }: Grant): boolean {
  return groups.includes("*");
}
