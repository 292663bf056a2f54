import type { Grant, Role } from "#lib/core/access.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** Who asks, as far as the dashboard knows. */
export interface Caller {
  /** As it stands in the activity: a name, an address, the name of a token. */
  name: string;
  /** The highest that they have anywhere. Null: nobody in particular has a role here. */
  role: Role | null;
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
  role: "admin",
  kind: "nobody",
  grants: [everything],
  until: null,
};

/** Somebody who has not signed in where one has to. */
export const nobody: AdmittedCaller = { name: "nobody", role: null, kind: "nobody", grants: [], until: null };
