import { sql } from "kysely";
import type { Engine } from "../storage/engine.ts";

/** Dashboards that share a PostgreSQL hear here of each committed step of a reset, by the reset's id. */
export const resetsChannel = "tidemark_resets";

export async function announce({ db, kind }: Engine, resetId: string): Promise<void> {
  if (kind === "postgres") await sql`select pg_notify(${resetsChannel}, ${resetId})`.execute(db);
}
