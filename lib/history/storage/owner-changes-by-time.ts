import { type Kysely, sql } from "kysely";
import type { Tables } from "./tables.ts";

export async function areDivided(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ kind: string }>`
    select relkind::text as kind from pg_class where oid = 'owner_changes'::regclass`.execute(db);
  return rows[0]?.kind === "p";
}

/**
 * Renames the one table of PostgreSQL's changes of owners to `owner_changes_past` and puts an empty one that is
 * divided by time in its place. Its columns stay as they were, so that what a running earlier dashboard writes
 * still fits. A sequence numbers the rows: an identity column can't before PostgreSQL 17.
 */
export async function putAside(db: Kysely<Tables>): Promise<void> {
  await sql`lock table owner_changes in access exclusive mode`.execute(db);
  const { rows } = await sql<{ next: number }>`
    select nextval(pg_get_serial_sequence('owner_changes', 'id')) as next`.execute(db);
  const next = rows[0]?.next ?? 1;
  await sql`alter table owner_changes rename to owner_changes_past`.execute(db);
  await sql`alter table owner_changes_past alter column id drop identity`.execute(db);
  await sql`alter table owner_changes_past drop constraint owner_changes_pkey`.execute(db);
  await sql`drop index owner_changes_range`.execute(db);
  await sql`alter index owner_changes_partition rename to owner_changes_past_partition`.execute(db);
  await sql`create sequence owner_changes_ids start with ${sql.lit(next)}`.execute(db);
  await sql`
    create table owner_changes (
      id bigint not null default nextval('owner_changes_ids'),
      series_id bigint not null,
      partition_id text not null,
      at bigint not null,
      uncertainty_ms bigint not null,
      kind text not null,
      owner_id text,
      previous_owner_id text,
      unobserved integer not null,
      constraint owner_changes_key primary key (series_id, at, id)
    ) partition by range (at)`.execute(db);
  await sql`alter sequence owner_changes_ids owned by owner_changes.id`.execute(db);
  await sql`
    create index owner_changes_partition on owner_changes (series_id, partition_id, at, id)`.execute(db);
  await sql`create table owner_changes_rest partition of owner_changes default`.execute(db);
}
