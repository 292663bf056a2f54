import type { EpochMs } from "#lib/core/time.ts";
import type { Engine } from "../storage/engine.ts";

const rowsPerStatement = 100;

/**
 * `endedBefore` is for applied moves and undos, which can be undone until then; `plannedBefore` for plans
 * that nobody applied or finished.
 */
export interface ForgetGroupMoves {
  endedBefore: EpochMs;
  plannedBefore: EpochMs;
}

/**
 * Forgets ended moves of several groups, unless an undo of them is planned or runs. Keeps the resets of their
 * groups.
 */
export async function forgetGroupMoves(
  engine: Engine,
  { endedBefore, plannedBefore }: ForgetGroupMoves,
): Promise<void> {
  await engine.db.transaction().execute(async (db) => {
    const old = await db
      .selectFrom("group_moves")
      .select("id")
      .where(({ and, or, eb }) =>
        or([
          and([eb("state", "=", "planned"), eb("expires_at", "<", plannedBefore)]),
          and([
            eb("state", "=", "stopped"),
            eb("started_at", "is", null),
            eb("ended_at", "<", plannedBefore),
          ]),
          and([eb("state", "in", ["done", "stopped"]), eb("ended_at", "<", endedBefore)]),
        ]),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("group_moves as undo")
              .select("undo.id")
              .whereRef("undo.undoes", "=", "group_moves.id")
              .where("undo.state", "in", ["planning", "planned", "running"]),
          ),
        ),
      )
      .execute();
    const ids = old.map(({ id }) => id);
    for (let start = 0; start < ids.length; start += rowsPerStatement) {
      const some = ids.slice(start, start + rowsPerStatement);
      await db.deleteFrom("group_move_entries").where("group_move_id", "in", some).execute();
      await db.deleteFrom("group_moves").where("id", "in", some).execute();
    }
  });
}
