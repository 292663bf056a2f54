import type { EpochMs } from "#lib/core/time.ts";
import type { Engine } from "./storage/engine.ts";
import { isVisible, type VisiblePlaces } from "./storage/visible.ts";

/** Something that was done, or tried. Never changed afterwards: what comes of it is an entry of its own. */
export interface ActivityEntry {
  at: EpochMs;
  /** Who did it. */
  actor: string;
  action: string;
  hub: string;
  /** Null where it concerns no group. */
  group: string | null;
  outcome: string;
  /** Whatever belongs to the action; JSON. */
  details: Record<string, unknown>;
}

export type StoredActivity = ActivityEntry & { id: number };

export interface ActivityQuery {
  hub?: string | undefined;
  /** Without case. */
  group?: string | undefined;
  limit: number;
  /** Only entries older than the one with this id. */
  before?: number | undefined;
  /** Only entries about these; default: all, also those that are about no hub. */
  visible?: VisiblePlaces | undefined;
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

/** Newest first. */
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
