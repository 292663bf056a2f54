import type { SelectQueryBuilder } from "kysely";
import type { Engine } from "../storage/engine.ts";
import type { Tables } from "../storage/tables.ts";
import type { ResetHead, ResetRecord } from "./reset-record.ts";
import { toEntry, toHead } from "./rows.ts";

export type Heads = SelectQueryBuilder<Tables, "resets", Tables["resets"]>;

export async function selectHeads({ db }: Engine, narrow: (rows: Heads) => Heads): Promise<ResetHead[]> {
  const all = db.selectFrom("resets").selectAll().orderBy("started_at", "desc").orderBy("id");
  return (await narrow(all).execute()).map(toHead);
}

export async function selectReset(engine: Engine, id: string): Promise<ResetRecord | null> {
  // Entries first: if a step comes in between, the head is newer and the step is told again.
  const rows = await engine.db
    .selectFrom("reset_entries")
    .selectAll()
    .where("reset_id", "=", id)
    .orderBy("ordinal")
    .execute();
  const [head] = await selectHeads(engine, (heads) => heads.where("id", "=", id));
  return head === undefined ? null : { ...head, entries: rows.map(toEntry) };
}
