import type { Generated } from "kysely";

/** Times are epoch milliseconds, booleans 1 and 0, since both engines have numbers. */
export interface Tables {
  schema_version: { id: number; version: number };
  series: SeriesTable;
  chunks: ChunksTable;
  /**
   * PostgreSQL divides `chunks` by tier and time. This partition takes all times that have none of their own.
   */
  chunks_rest: ChunksTable;
  owner_states: {
    series_id: number;
    partition_id: string;
    holder: string | null;
    last_holder: string | null;
    since: number;
  };
  owner_changes: OwnerChangesTable;
  /**
   * PostgreSQL divides these by time. The first has all from before, if it was large; the second takes all
   * times that have no partition of their own.
   */
  owner_changes_past: OwnerChangesTable;
  owner_changes_rest: OwnerChangesTable;
  activity: ActivityTable;
  incidents: IncidentsTable;
  deliveries: DeliveriesTable;
  silences: SilencesTable;
  /** The evidence for statuses after a restart: a group's last commits, a hub's beginnings. */
  remembered: { series_id: number; data: Uint8Array };
  gone_groups: GoneGroupsTable;
  hub_snapshots: { hub: string; instance: string; snapshot: string };
  reset_plans: {
    id: string;
    expires_at: number;
    record: string;
    reset_id: string | null;
  };
  resets: ResetsTable;
  reset_entries: ResetEntriesTable;
  group_moves: GroupMovesTable;
  group_move_entries: {
    group_move_id: string;
    ordinal: number;
    result: string;
    plan_id: string | null;
    details: string;
  };
}

/** A group in a store, or (with both blank) the hub itself, with the ends of its partitions. */
interface SeriesTable {
  id: Generated<number>;
  hub: string;
  /** `namespace/event hub`, lower-cased: an id given to another hub starts new series. */
  address: string;
  store: string;
  consumer_group: string;
  minutes_until: number;
  hours_until: number;
}

interface ChunksTable {
  series_id: number;
  tier: number;
  starts_at: number;
  data: Uint8Array;
}

interface GoneGroupsTable {
  hub: string;
  address: string;
  store: string;
  consumer_group: string;
  name: string;
  formats: string;
  since: number;
  last_checkpoint_at: number | null;
  dismissed_at: number | null;
}

interface OwnerChangesTable {
  id: Generated<number>;
  series_id: number;
  partition_id: string;
  at: number;
  uncertainty_ms: number;
  kind: string;
  owner_id: string | null;
  previous_owner_id: string | null;
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
  details: string;
}

interface IncidentsTable {
  id: Generated<number>;
  cause: string;
  rule_id: string;
  severity: string;
  hub: string;
  store: string | null;
  consumer_group: string | null;
  since: number;
  opened_at: number;
  /** 0: silenced and not told yet. */
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
  message: string;
  created_at: number;
  state: string;
  tries: number;
  last_tried_at: number | null;
  next_try_at: number | null;
  error: string | null;
}

interface ResetsTable {
  id: string;
  plan_id: string;
  address: string;
  store: string;
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
  details: string;
}

interface ResetEntriesTable {
  reset_id: string;
  partition_id: string;
  ordinal: number;
  planned: string | null;
  before_image: string | null;
  after_image: string | null;
  live: string | null;
  result: string;
  message: string | null;
  /** Null also in rows before version 6; their image has it. */
  last_owner_id: string | null;
}

interface GroupMovesTable {
  id: string;
  owner_key: string;
  actor: string;
  state: string;
  created_at: number;
  expires_at: number | null;
  started_at: number | null;
  ended_at: number | null;
  instance: string;
  heartbeat: number;
  stop_asked: string | null;
  details: string;
  undoes: string | null;
}
