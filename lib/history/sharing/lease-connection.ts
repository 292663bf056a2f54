import pg from "pg";
import type { Secret } from "#lib/core/secret.ts";
import { resetsChannel } from "../resets/announce.ts";
import { connectionOptions } from "../storage/postgres.ts";

const channel = "tidemark_hubs";
/** Lock numbers: the seed of a hub's lease, and the lock that every dashboard shares. */
const leaseSeed = 0x74696467;
const presenceKey = 0x74696468;
/** Several times the longest pause between two looks at the leases. */
const hangsAfterSeconds = 30;

export interface Told {
  news(hub: string): void;
  reset(resetId: string): void;
  ended(): void;
}

/**
 * The connection that holds a dashboard's leases. They are advisory locks of its session, which the server
 * frees as soon as the session ends.
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
      // Frees the leases within seconds if this machine disappears. Not every system allows these settings,
      // so a failure is ignored.
      await client
        .query("set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3")
        .catch(() => {});
      // Frees the leases of a process that hangs: its kernel still answers. PostgreSQL 14 or newer.
      await client.query(`set idle_session_timeout = '${hangsAfterSeconds}s'`).catch(() => {});
      await client.query(`listen ${channel}; listen ${resetsChannel}`);
      await client.query("select pg_advisory_lock_shared($1::bigint)", [presenceKey]);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    return new LeaseConnection(client);
  }

  /** How many hubs each other dashboard holds. */
  async sharesOfOthers(): Promise<number[]> {
    const rows = await this.#query<{ held: number }>(
      `select count(*) - 1 as held from pg_locks where locktype = 'advisory' and objsubid = 1 and granted
        and database = (select oid from pg_database where datname = current_database())
        and pid <> pg_backend_pid() group by pid having bool_or(classid = 0 and objid = $1)`,
      [presenceKey],
    );
    return rows.map(({ held }) => held);
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

  /** Runs one query at a time, since a client accepts no second one meanwhile. */
  async #query<R extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<R[]> {
    const turn = this.#last.then(() => this.#client.query<R>(text, values));
    this.#last = turn.catch(() => {});
    return (await turn).rows;
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}
