import { sql } from "kysely";
import type { Engine } from "../storage/engine.ts";

/** The channel on which dashboards that share a PostgreSQL announce steps of resets, with the reset's id. */
export const resetsChannel = "tidemark_resets";

/** Notifies the other dashboards when the surrounding transaction commits. */
export async function announce({ db, kind }: Engine, resetId: string): Promise<void> {
  if (kind === "postgres") await sql`select pg_notify(${resetsChannel}, ${resetId})`.execute(db);
}
