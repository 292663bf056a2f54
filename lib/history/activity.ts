import type { EpochMs } from "#lib/core/time.ts";
import type { Engine } from "./storage/engine.ts";
import { isVisible, type VisibleGroups } from "./storage/visible.ts";

/** Something done or tried. Never changed: what follows is an entry of its own. */
export interface ActivityEntry {
  at: EpochMs;
  actor: string;
  action: string;
  hub: string;
  group: string | null;
  outcome: string;
  details: Record<string, unknown>;
}

export type StoredActivity = ActivityEntry & { id: number };

export interface ActivityQuery {
  hub?: string | undefined;
  group?: string | undefined;
  limit: number;
  before?: number | undefined;
  /** Only entries about these. Default: all, also those about no hub. */
  visible?: VisibleGroups | undefined;
}

export async function insertActivity({ db }: Engine, entry: ActivityEntry): Promise<number> {
  const { group, details, ...rest } = entry;
  const { id } = await db
    .insertInto("activity")
    .values({ ...rest, consumer_group: group, details: JSON.stringify(details) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function selectActivity({ db }: Engine, query: ActivityQuery): Promise<StoredActivity[]> {
  let rows = db.selectFrom("activity").selectAll().orderBy("id", "desc").limit(query.limit);
  if (query.hub !== undefined) rows = rows.where("hub", "=", query.hub);
  if (query.group !== undefined) {
    rows = rows.where(({ eb, fn }) =>
      eb(fn<string>("lower", ["consumer_group"]), "=", query.group?.toLowerCase() ?? ""),
    );
  }
  if (query.before !== undefined) rows = rows.where("id", "<", query.before);
  if (query.visible !== undefined) rows = rows.where(isVisible(query.visible));
  return (await rows.execute()).map(({ consumer_group: group, details, ...rest }) => ({
    ...rest,
    group,
    details: JSON.parse(details) as Record<string, unknown>,
  }));
}
