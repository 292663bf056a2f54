import { type Kysely, sql } from "kysely";
import type { Tables } from "../storage/tables.ts";

/** A refresh that comes meanwhile waits no longer than both of these. */
const lockTimeoutMs = 200;
const statementTimeoutMs = 2_000;
/**
 * No lock in time, a deadlock, a statement that took too long, rows that lie in another partition, no right to
 * make tables, a name that somebody else took.
 */
const passing: readonly unknown[] = ["55P03", "40P01", "57014", "23514", "42501", "42P07"];

export async function limitSteps(db: Kysely<Tables>): Promise<void> {
  await sql`set local lock_timeout = ${sql.lit(lockTimeoutMs)}`.execute(db);
  await sql`set local statement_timeout = ${sql.lit(statementTimeoutMs)}`.execute(db);
}

export function mayPass(error: unknown): boolean {
  return passing.includes((error as { code?: unknown } | null)?.code);
}
