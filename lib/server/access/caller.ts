import { type Grant, highestRole, type Role } from "#lib/core/access.ts";
import type { Subject, Via } from "#lib/core/subject.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { ClaimGrant } from "../config/access-config.ts";

/** Names are not unique, so `key` identifies the caller. Only people have a subject. */
export interface Caller {
  name: string;
  key: string;
  role: Role | null;
  subject?: Subject;
  via?: Via;
}

export interface AdmittedCaller extends Caller {
  kind: "nobody" | "person" | "token";
  grants: readonly Grant[];
  until: EpochMs | null;
}

const everything: Grant = { role: "admin", hubs: ["*"], groups: ["*"] };

export const anonymous: AdmittedCaller = {
  name: "anonymous",
  key: "anonymous",
  role: "admin",
  kind: "nobody",
  grants: [everything],
  until: null,
};

export const nobody: AdmittedCaller = {
  name: "nobody",
  key: "nobody",
  role: null,
  kind: "nobody",
  grants: [],
  until: null,
};

export const scraper: AdmittedCaller = {
  name: "scraper",
  key: "scraper",
  role: "viewer",
  kind: "token",
  grants: [{ role: "viewer", hubs: ["*"], groups: ["*"] }],
  until: null,
};

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
