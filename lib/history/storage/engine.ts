import type { Kysely } from "kysely";
import type { Secret } from "#lib/core/secret.ts";
import type { Tables } from "./tables.ts";

/** Where the history is kept. */
export type HistoryPlace = { kind: "sqlite"; folder: string } | { kind: "postgres"; url: Secret };

/** An open database. The queries are the same for both; what differs stands here and in the migrations. */
export interface Engine {
  kind: HistoryPlace["kind"];
  db: Kysely<Tables>;
  /** For messages, without a secret: the file, or host and database. */
  name: string;
  /** What was opened is not there any more: it has to be opened anew. */
  isLost(): boolean;
  close(): Promise<void>;
}
