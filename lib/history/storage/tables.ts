import type { Generated } from "kysely";

/** Times are epoch milliseconds; yes and no are 1 and 0: both engines have numbers. */
export interface Tables {
  schema_version: { id: number; version: number };
  series: SeriesTable;
  chunks: { series_id: number; tier: number; starts_at: number; data: Uint8Array };
  owner_states: {
    series_id: number;
    partition_id: string;
    /** Null: nobody holds it. */
    holder: string | null;
    /** The last one that held it, null where none is known. */
    last_holder: string | null;
    /** When the last change was. */
    since: number;
  };
  owner_changes: OwnerChangesTable;
  activity: ActivityTable;
  incidents: IncidentsTable;
  deliveries: DeliveriesTable;
  silences: SilencesTable;
  /** What statuses are told from after a restart: a group's last commits, a hub's beginnings. */
  remembered: { series_id: number; data: Uint8Array };
  gone_groups: GoneGroupsTable;
  /** The last snapshot of each hub, for the dashboards that do not refresh it themselves. */
  hub_snapshots: { hub: string; instance: string; snapshot: string };
  reset_plans: {
    id: string;
    expires_at: number;
    /** JSON. */
    record: string;
    /** The reset that applied it. */
    reset_id: string | null;
  };
  resets: ResetsTable;
  reset_entries: ResetEntriesTable;
}

/** A group in a store, or (store and group blank) the hub itself, whose samples say where its partitions end. */
interface SeriesTable {
  id: Generated<number>;
  hub: string;
  /** `namespace/event hub`, lower case: an id that is given to another hub starts new series. */
  address: string;
  store: string;
  /** Lower case. */
  consumer_group: string;
  /** Everything before is rolled up. */
  minutes_until: number;
  hours_until: number;
}

/** A group that had blobs and has none any more. */
interface GoneGroupsTable {
  hub: string;
  address: string;
  store: string;
  /** Lower case. */
  consumer_group: string;
  /** As its blobs had it. */
  name: string;
  /** JSON. */
  formats: string;
  since: number;
  last_checkpoint_at: number | null;
  /** Null: it is still shown. */
  dismissed_at: number | null;
}

interface OwnerChangesTable {
  id: Generated<number>;
  series_id: number;
  partition_id: string;
  at: number;
  /** It may have been up to so much earlier. */
  uncertainty_ms: number;
  kind: string;
  owner_id: string | null;
  previous_owner_id: string | null;
  /** It happened while the dashboard did not look. */
  unobserved: number;
}

interface ActivityTable {
  id: Generated<number>;
  at: number;
  actor: string;
  action: string;
  hub: string;
  consumer_group: string | null;
  outcome: string;
  /** JSON. */
  details: string;
}

interface IncidentsTable {
  id: Generated<number>;
  /** The rule and what it was seen on. */
  cause: string;
  rule_id: string;
  severity: string;
  hub: string;
  store: string | null;
  consumer_group: string | null;
  since: number;
  opened_at: number;
  /** 0: not told yet, as it was silenced. */
  told_at: number;
  last_seen_at: number;
  closed_at: number | null;
  closed_by: string | null;
  summary: string;
  worst: string;
  worst_measure: number;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  acknowledged_note: string | null;
}

interface SilencesTable {
  id: Generated<number>;
  /** Patterns: `*` stands for any text. */
  hub: string;
  consumer_group: string;
  rule: string;
  created_at: number;
  until: number;
  created_by: string;
  note: string;
}

interface DeliveriesTable {
  id: Generated<number>;
  channel: string;
  event: string;
  incident_id: number | null;
  /** JSON, the same for every kind of channel. */
  message: string;
  created_at: number;
  state: string;
  tries: number;
  last_tried_at: number | null;
  next_try_at: number | null;
  error: string | null;
}

/** No two with the state `running` have the same address, store and group. */
interface ResetsTable {
  id: string;
  plan_id: string;
  address: string;
  store: string;
  /** Lower case. */
  consumer_group: string;
  state: string;
  actor: string;
  started_at: number;
  ended_at: number | null;
  watched_until: number | null;
  message: string | null;
  instance: string;
  heartbeat: number;
  revision: number;
  /** What is never changed, JSON. */
  details: string;
}

interface ResetEntriesTable {
  reset_id: string;
  partition_id: string;
  /** The place in the plan. */
  ordinal: number;
  /** JSON, as the next three. */
  planned: string | null;
  before_image: string | null;
  after_image: string | null;
  live: string | null;
  result: string;
  message: string | null;
  /** Null also in rows of before version 6, whose image says it. */
  last_owner_id: string | null;
}
