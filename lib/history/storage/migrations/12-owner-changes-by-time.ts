import { sql } from "kysely";
import { putAside } from "../owner-changes-by-time.ts";
import type { Migration } from "./migration.ts";

/** Copied in a moment. What has more rows is divided later, beside the refreshes. */
const mostCopied = 20_000;

/** Divides PostgreSQL's changes of owners by time (`writing/divide-owner-changes.ts`). */
export const ownerChangesByTime: Migration = async (db, kind) => {
  if (kind === "sqlite") return;
  const { rows } = await sql`select 1 from owner_changes limit ${sql.lit(mostCopied + 1)}`.execute(db);
  if (rows.length > mostCopied) return;
  await putAside(db);
  await sql`
    insert into owner_changes
      (id, series_id, partition_id, at, uncertainty_ms, kind, owner_id, previous_owner_id, unobserved)
    select id, series_id, partition_id, at, uncertainty_ms, kind, owner_id, previous_owner_id, unobserved
    from owner_changes_past`.execute(db);
  await sql`drop table owner_changes_past`.execute(db);
};
