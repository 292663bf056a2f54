import { type ActivityEntry, insertActivity } from "../activity.ts";
import type { Engine } from "../storage/engine.ts";
import { announce } from "./announce.ts";
import { selectReset } from "./read-resets.ts";
import type { ResetRecord, StopAsked } from "./reset-record.ts";

/**
 * Notes that somebody wants a running reset to end, for whichever dashboard runs it. Null: it runs no longer. One that
 * is to end at once is not told to go on to the end of its wave.
 */
export async function askToStop(
  engine: Engine,
  id: string,
  asked: StopAsked,
  activity: (reset: ResetRecord) => ActivityEntry,
): Promise<ResetRecord | null> {
  return engine.db.transaction().execute(async (db) => {
    const inside = { ...engine, db };
    // The row is locked by its own update: nobody ends the reset between the look and the note.
    const { numUpdatedRows } = await db
      .updateTable("resets")
      .set((row) => ({ revision: row("revision", "+", 1) }))
      .where("id", "=", id)
      .where("state", "=", "running")
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return null;
    const { details } = await db
      .selectFrom("resets")
      .select("details")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const known = JSON.parse(details) as { stopAsked?: StopAsked | null };
    if (known.stopAsked?.when !== "now") {
      const next = JSON.stringify({ ...known, stopAsked: asked });
      await db.updateTable("resets").set({ details: next }).where("id", "=", id).execute();
    }
    const reset = await selectReset(inside, id);
    if (reset === null) return null;
    await insertActivity(inside, activity(reset));
    await announce(inside, id);
    return reset;
  });
}
