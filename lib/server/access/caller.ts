/** What somebody may do; each role may do what those before it may. */
export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** Who asks, as far as the dashboard knows. */
export interface Caller {
  /** As it stands in the activity: a name, an address, the name of a token. */
  name: string;
  /** Null: nobody in particular has a role here. */
  role: Role | null;
}

/** Where nobody has to sign in, everybody who reaches the dashboard may do everything that it may do. */
export const anonymous: Caller = { name: "anonymous", role: "admin" };
