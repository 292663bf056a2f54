import type { Kysely } from "kysely";
import type { Tables } from "../storage/tables.ts";

/**
 * Raises a reset's revision if it runs (`=`) or has ended (`!=`); false: it does not. The update locks the
 * row, so its state stays until the transaction is over.
 */
export async function raiseRevision(db: Kysely<Tables>, id: string, running: "=" | "!="): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("resets")
    .set((row) => ({ revision: row("revision", "+", 1) }))
    .where("id", "=", id)
    .where("state", running, "running")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
