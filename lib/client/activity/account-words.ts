import type { Me } from "#lib/api/me.ts";
import { isAtLeast, type Role, roleEverywhere } from "#lib/core/access.ts";

const roleWords: Record<Role, string> = {
  viewer: "may look",
  operator: "may look, read single events, export positions and prepare resets",
  admin: "may look, and prepare and apply resets",
};

export function accountName({ kind, name }: Me): string {
  return kind === "nobody" ? "Nobody is signed in" : name;
}

export function accountNotes({ kind, role, grants, readOnly }: Me): string[] {
  return [
    ...(kind === "nobody"
      ? ["Sign-in is off: everyone who reaches this dashboard has the same rights."]
      : role === null
        ? []
        : [`As ${role} you ${roleWords[role]}.`, ...reachOf(role, grants)]),
    ...(readOnly ? ["The dashboard is read-only: nobody may prepare or apply a reset."] : []),
  ];
}

function reachOf(role: Role, grants: Me["grants"]): string[] {
  const everywhere = roleEverywhere(grants);
  if (isAtLeast(everywhere, role)) return [];
  const limited = grants.filter((grant) => !isAtLeast(everywhere, grant.role));
  return [...limited.map(limitOf), ...(everywhere === null ? [] : [`${capital(everywhere)}: everywhere.`])];
}

function limitOf({ role, hubs, groups }: Me["grants"][number]): string {
  const which = groups.includes("*") ? "all groups" : `groups ${groups.join(", ")}`;
  return `${capital(role)}: ${which} of ${hubs.includes("*") ? "all hubs" : hubs.join(", ")}.`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
