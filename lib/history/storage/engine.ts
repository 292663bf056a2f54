import type { Kysely } from "kysely";
import type { Secret } from "#lib/core/secret.ts";
import type { Tables } from "./tables.ts";

export type DatabaseAddress = { kind: "sqlite"; folder: string } | { kind: "postgres"; url: Secret };

/**
 * An open database. Queries are the same for both engines; the differences are here and in the migrations.
 */
export interface Engine {
  kind: DatabaseAddress["kind"];
  db: Kysely<Tables>;
  /** For messages, without secrets: the file, or host and database. */
  name: string;
  /** PostgreSQL: a connection of its own without time limits, for what takes minutes beside everything else. */
  withoutLimits?: (work: (db: Kysely<Tables>) => Promise<void>) => Promise<void>;
  isLost(): boolean;
  close(): Promise<void>;
}
