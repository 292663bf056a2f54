import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/**
 * Divides the samples on PostgreSQL by tier and time. The rows that exist are not touched: their table
 * becomes the default partition, and its rows are forgotten one by one, as before.
 */
export const chunksByTime: Migration = async (db, kind) => {
  if (kind === "sqlite") return;
  await sql`alter table chunks rename to chunks_rest`.execute(db);
  await sql`alter table chunks_rest rename constraint chunks_key to chunks_rest_key`.execute(db);
  await sql`
    create table chunks (
      series_id bigint not null,
      tier integer not null,
      starts_at bigint not null,
      data bytea not null,
      constraint chunks_key primary key (series_id, tier, starts_at)
    ) partition by range (tier, starts_at)`.execute(db);
  await sql`alter table chunks attach partition chunks_rest default`.execute(db);
};
