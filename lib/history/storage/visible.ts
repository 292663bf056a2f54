import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Grant } from "#lib/core/access.ts";

export type VisibleGroups = readonly Pick<Grant, "hubs" | "groups">[];

/**
 * Selects rows with a visible `hub` and `consumer_group`. A row about a whole hub is visible with any of its
 * groups; one about no hub never is. Without case, as in SQLite; the caller compares hubs with case.
 */
export function isVisible(visible: VisibleGroups): RawBuilder<SqlBool> {
  const conditions = visible.map(({ hubs, groups }) => {
    const group = [
      sql`consumer_group is null`,
      ...groups.map((pattern) => isLike("consumer_group", pattern)),
    ];
    return sql`(hub <> '' and ${either(hubs.map((pattern) => isLike("hub", pattern)))} and ${either(group)})`;
  });
  return sql<SqlBool>`${either(conditions)}`;
}

function either(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`1 = 0` : sql`(${sql.join(conditions, sql` or `)})`;
}

function isLike(column: string, pattern: string): RawBuilder<unknown> {
  const like = pattern
    .toLowerCase()
    .replaceAll(/[\\%_]/g, "\\$&")
    .replaceAll("*", "%");
  return sql`lower(${sql.ref(column)}) like ${like} escape '\\'`;
}
