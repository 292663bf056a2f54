import pg from "pg";
import type { Secret } from "#lib/core/secret.ts";
import { resetsChannel } from "../resets/announce.ts";
import { connectionOptions } from "../storage/postgres.ts";

const channel = "tidemark_hubs";
/** Seeds of the locks' numbers: of a hub's lease, and of the lock that every dashboard shares. */
const leaseSeed = 0x74696467;
const presenceKey = 0x74696468;

/** What a dashboard is told by the others. */
export interface Told {
  /** There is a new snapshot of a hub. */
  news(hub: string): void;
  /** A reset has taken a step. */
  reset(resetId: string): void;
  /** The connection has ended; once. */
  ended(): void;
}

/**
 * The one connection of a dashboard that its leases live on: advisory locks of its session, which the server
 * frees at once when the session ends, however it ends.
 */
export class LeaseConnection {
  readonly #client: pg.Client;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(url: Secret, told: Told): Promise<LeaseConnection> {
    const client = new pg.Client(connectionOptions(url));
    client.on("error", () => {});
    client.on("end", () => told.ended());
    client.on("notification", ({ channel: from, payload = "" }) => {
      if (from === resetsChannel) told.reset(payload);
      else told.news(payload);
    });
    try {
      await client.connect();
      // Where the machine is gone without a word, the server frees its leases after some seconds.
      // Not every system lets a session choose this; it is a help, and no condition.
      await client
        .query("set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3")
        .catch(() => {});
      await client.query(`listen ${channel}; listen ${resetsChannel}`);
      await client.query("select pg_advisory_lock_shared($1::bigint)", [presenceKey]);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    return new LeaseConnection(client);
  }

  /** How many dashboards share this database just now, this one among them. */
  async countDashboards(): Promise<number> {
    const rows = await this.#query<{ count: number }>(
      `select count(*) as count from pg_locks where locktype = 'advisory' and objsubid = 1 and granted
        and classid = 0 and objid = $1 and database = (select oid from pg_database where datname = current_database())`,
      [presenceKey],
    );
    return rows[0]?.count ?? 1;
  }

  async take(hub: string): Promise<boolean> {
    const rows = await this.#query<{ taken: boolean }>(
      "select pg_try_advisory_lock(hashtextextended($1, $2)) as taken",
      [hub, leaseSeed],
    );
    return rows[0]?.taken === true;
  }

  async giveUp(hub: string): Promise<void> {
    await this.#query("select pg_advisory_unlock(hashtextextended($1, $2))", [hub, leaseSeed]);
  }

  /** Keeps the snapshot for the other dashboards and tells them that there is a new one, in one commit. */
  async publish(hub: string, instance: string, snapshot: string): Promise<void> {
    await this.#query(
      `with stored as (
        insert into hub_snapshots (hub, instance, snapshot) values ($1, $2, $3)
        on conflict (hub) do update set instance = excluded.instance, snapshot = excluded.snapshot
        returning hub)
      select pg_notify('${channel}', hub) from stored`,
      [hub, instance, snapshot],
    );
  }

  async read(hub: string): Promise<string | null> {
    const rows = await this.#query<{ snapshot: string }>(
      "select snapshot from hub_snapshots where hub = $1",
      [hub],
    );
    return rows[0]?.snapshot ?? null;
  }

  /** One query after the other: a client takes no second one while the first runs. */
  async #query<R extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<R[]> {
    const turn = this.#last.then(() => this.#client.query<R>(text, values));
    this.#last = turn.catch(() => {});
    return (await turn).rows;
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}
