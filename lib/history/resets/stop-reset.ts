import { type ActivityEntry, insertActivity } from "../activity.ts";
import type { Engine } from "../storage/engine.ts";
import { announce } from "./announce.ts";
import { raiseRevision } from "./raise-revision.ts";
import { selectReset } from "./read-resets.ts";
import type { ResetRecord, StopAsked } from "./reset-record.ts";

/**
 * Records a request to end a running reset, for whichever dashboard runs it. Null: no longer running. A
 * request to end now is not replaced by one to end after the wave.
 */
export async function askToStop(
  engine: Engine,
  id: string,
  asked: StopAsked,
  activity: (reset: ResetRecord) => ActivityEntry,
): Promise<ResetRecord | null> {
  return engine.db.transaction().execute(async (db) => {
    const inside = { ...engine, db };
    if (!(await raiseRevision(db, id, "="))) return null;
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
