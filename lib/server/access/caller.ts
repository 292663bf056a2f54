import { type Grant, highestRole, type Role } from "#lib/core/access.ts";
import type { Subject, Via } from "#lib/core/subject.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { ClaimGrant } from "../config/access-config.ts";

/** Who asks, as far as the dashboard knows. */
export interface Caller {
  /** As it stands in the activity: a name, an address, the name of a token. */
  name: string;
  /** Tells callers apart, also where two have one name. */
  key: string;
  /** The highest that they have anywhere. Null: nobody in particular has a role here. */
  role: Role | null;
  /** Of people alone: the configuration names tokens. */
  subject?: Subject;
  via?: Via;
}

/** A caller as the door let them in. */
export interface AdmittedCaller extends Caller {
  kind: "nobody" | "person" | "token";
  /** What they may do where. */
  grants: readonly Grant[];
  /** When they have to sign in again; null: never. */
  until: EpochMs | null;
}

const everything: Grant = { role: "admin", hubs: ["*"], groups: ["*"] };

/** Where nobody has to sign in, everybody who reaches the dashboard may do everything that it may do. */
export const anonymous: AdmittedCaller = {
  name: "anonymous",
  key: "anonymous",
  role: "admin",
  kind: "nobody",
  grants: [everything],
  until: null,
};

/** Somebody who has not signed in where one has to. */
export const nobody: AdmittedCaller = {
  name: "nobody",
  key: "nobody",
  role: null,
  kind: "nobody",
  grants: [],
  until: null,
};

/** Who reads the metrics or asks for health without proof, where that is open. */
export const scraper: AdmittedCaller = {
  name: "scraper",
  key: "scraper",
  role: "viewer",
  kind: "token",
  grants: [{ role: "viewer", hubs: ["*"], groups: ["*"] }],
  until: null,
};

/** Who is known to the one that vouches for them, with what the configuration grants to their claim's values. */
export function person(
  identity: { key: string; name: string; values: readonly string[] },
  issuer: string,
  grants: readonly ClaimGrant[],
  until: EpochMs | null,
): AdmittedCaller {
  const values = new Set(identity.values);
  const held = grants.filter((grant) => grant.values.some((value) => value === "*" || values.has(value)));
  return {
    name: identity.name,
    key: `person ${identity.key}`,
    role: highestRole(held),
    subject: { issuer, key: identity.key },
    kind: "person",
    grants: held.map(({ role, hubs, groups }) => ({ role, hubs, groups })),
    until,
  };
}
