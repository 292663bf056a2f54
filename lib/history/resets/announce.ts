import { sql } from "kysely";
import type { Engine } from "../storage/engine.ts";

/** On which dashboards that share a PostgreSQL hear of a reset's steps: the payload is the reset's id. */
export const resetsChannel = "tidemark_resets";

/** Tells the other dashboards, once the transaction that this stands in is committed. */
export async function announce({ db, kind }: Engine, resetId: string): Promise<void> {
  if (kind === "postgres") await sql`select pg_notify(${resetsChannel}, ${resetId})`.execute(db);
}
