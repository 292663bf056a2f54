export interface Identity {
  key: string;
  name: string;
  values: readonly string[];
  hasTooManyGroups: boolean;
}

const longestName = 200;
const mostValues = 1_000;

export function shownName(name: string): string {
  const plain = name.replaceAll(/\p{C}/gu, "").trim();
  return plain === "" ? "(no name)" : plain.slice(0, longestName);
}

/** @param rolesClaim a claim's name, or a dotted path to it */
export function claimedIdentity(
  claims: { sub: string } & Record<string, unknown>,
  rolesClaim: string,
): Identity {
  const named = ["preferred_username", "email", "name"].map((claim) => claims[claim]);
  const name = named.find((value): value is string => typeof value === "string" && value.trim() !== "");
  const overage = claims._claim_names;
  return {
    key: claims.sub,
    name: shownName(name ?? claims.sub),
    values: valuesOf(claims[rolesClaim] ?? followed(claims, rolesClaim)),
    hasTooManyGroups:
      claims.hasgroups !== undefined ||
      (overage !== null && typeof overage === "object" && "groups" in overage),
  };
}

function followed(claims: Record<string, unknown>, path: string): unknown {
  return path.split(".").reduce<unknown>((at, part) => {
    const isObject = at !== null && typeof at === "object" && Object.hasOwn(at, part);
    return isObject ? (at as Record<string, unknown>)[part] : undefined;
  }, claims);
}

function valuesOf(claim: unknown): string[] {
  const all: unknown[] = Array.isArray(claim) ? claim.slice(0, mostValues) : [claim];
  return all.filter((value): value is string => typeof value === "string" && value !== "");
}
