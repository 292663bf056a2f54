import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Secret } from "#lib/core/secret.ts";
import type { Sampler } from "../writing/recorder.ts";
import { LeaseConnection } from "./lease-connection.ts";
import { readSnapshot, type SharedSnapshot, writeSnapshot } from "./snapshot-text.ts";

const shortestTickMs = 200;
const longestTickMs = 5_000;
const stopWithinMs = 1_000;
/** A dashboard that already has its share waits this many ticks before it takes a free hub. */
const patientTicks = 3;
/** The part of what exceeds its share that a dashboard gives up at once, since the next one begins by reading it. */
const givenAtOnce = 1 / 4;

export interface SharedHubsOptions {
  url: Secret;
  hubs(): readonly string[];
  refreshMs: number;
  /** This dashboard now refreshes the hub: it got the lease, or the database is lost. */
  onGained(hub: string): void;
  onLost(hub: string): void;
  /** Another dashboard's snapshot. `isOld`: published before this one started. */
  onNews(snapshot: unknown, isOld: boolean): Promise<void>;
  onReset(resetId: string): void;
  onFault(error: unknown): void;
}

class ConnectionEnded extends Error {
  readonly code = "ECONNRESET";
}

/**
 * Spreads hubs over the dashboards that share a PostgreSQL. The holder of a hub's lease refreshes it and the
 * others get its snapshots. Without the database every dashboard refreshes all hubs. All are expected to have
 * the same hubs configured.
 */
export class SharedHubs {
  readonly #options: SharedHubsOptions;
  readonly #instance = `${hostname()} ${process.pid} ${randomUUID()}`;
  readonly #held = new Set<string>();
  readonly #alone = new Set<string>();
  readonly #waited = new Map<string, number>();
  readonly #last = new Map<string, Promise<void>>();
  #connection: LeaseConnection | null = null;
  #isSettled = false;
  #reopens = false;
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> | null = null;
  #isStopped = false;

  constructor(options: SharedHubsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#tick();
  }

  samplerOf(hub: string): Sampler {
    if (this.#connection === null) return "unknown";
    return this.#held.has(hub) ? "mine" : "others";
  }

  /** Shares a snapshot made here. Never throws: the next refresh brings another. */
  publish(hub: string, snapshot: SharedSnapshot): void {
    const isMine = () => this.#connection !== null && this.#held.has(hub);
    if (!isMine()) return;
    void this.#inOrder(hub, async () => {
      const text = await writeSnapshot(snapshot);
      if (isMine()) await this.#connection?.publish(hub, this.#instance, text);
    });
  }

  /** Frees the leases, so that other dashboards take the hubs at their next tick. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    const limit = new Promise((resolve) => setTimeout(resolve, stopWithinMs).unref());
    await Promise.race([this.#end(), limit]);
  }

  async #end(): Promise<void> {
    await this.#ticking;
    await this.#connection?.close();
  }

  #tick(): void {
    clearTimeout(this.#timer);
    if (this.#isStopped || this.#ticking !== null) return;
    const { refreshMs } = this.#options;
    const period = Math.min(longestTickMs, Math.max(shortestTickMs, refreshMs / 3));
    this.#ticking = this.#settle()
      .then(() => period)
      // The connection may have ended meanwhile, and been lost already.
      .catch((error: unknown) => (this.#reopens || this.#lose(error) ? 0 : period))
      .then((pauseMs) => {
        this.#ticking = null;
        if (!this.#isStopped) this.#timer = setTimeout(() => this.#tick(), pauseMs).unref();
      });
  }

  async #settle(): Promise<void> {
    this.#reopens = false;
    const connection = this.#connection ?? (await this.#connect());
    const hubs = this.#options.hubs();
    for (const hub of this.#held) if (!hubs.includes(hub)) await this.#giveUp(connection, hub);
    const { share, excess } = shareOf(hubs.length, this.#held.size, await connection.sharesOfOthers());
    const given = [...this.#held].slice(0, Math.ceil(excess * givenAtOnce));
    for (const hub of given) await this.#giveUp(connection, hub);
    for (const hub of hubs) {
      if (this.#held.has(hub) || given.includes(hub)) continue;
      const waited = this.#waited.get(hub) ?? 0;
      if (this.#held.size >= share && waited < patientTicks) {
        this.#waited.set(hub, waited + 1);
        continue;
      }
      if (await connection.take(hub)) {
        this.#held.add(hub);
        this.#options.onGained(hub);
      }
      this.#waited.delete(hub);
    }
    this.#isSettled = true;
  }

  async #connect(): Promise<LeaseConnection> {
    // News before the connection is open can be dropped: every hub is looked at next.
    let opened: LeaseConnection | null = null;
    const connection = await LeaseConnection.open(this.#options.url, {
      news: (hub) => {
        const from = opened;
        if (from !== null) void this.#inOrder(hub, () => this.#hear(from, hub, false));
      },
      reset: (resetId) => this.#options.onReset(resetId),
      ended: () => {
        if (opened === null || this.#connection !== opened) return;
        if (this.#lose(new ConnectionEnded())) this.#tick();
      },
    });
    opened = connection;
    this.#connection = connection;
    if (this.#alone.size > 0) {
      // Leases are settled anew: hubs taken again go on, the others end here.
      for (const hub of this.#alone) this.#options.onLost(hub);
      this.#alone.clear();
    }
    await Promise.all(
      this.#options.hubs().map((hub) => this.#inOrder(hub, () => this.#hear(connection, hub, true))),
    );
    return connection;
  }

  async #giveUp(connection: LeaseConnection, hub: string): Promise<void> {
    this.#held.delete(hub);
    this.#options.onLost(hub);
    await connection.giveUp(hub);
  }

  async #hear(connection: LeaseConnection, hub: string, isOld: boolean): Promise<void> {
    if (this.#held.has(hub) || !this.#options.hubs().includes(hub)) return;
    const text = await connection.read(hub);
    const snapshot = text === null ? null : await readSnapshot(text);
    if (snapshot !== null && !this.#held.has(hub)) await this.#options.onNews(snapshot, isOld);
  }

  /** One after the other for each hub, since writing and reading let others run. Never rejects. */
  #inOrder(hub: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#last.get(hub) ?? Promise.resolve()).then(work).catch(() => {});
    this.#last.set(hub, turn);
    return turn;
  }

  /**
   * Ends what the leases were for, since others can take them now. Returns true if the connection should be
   * opened again at once. Without the database this dashboard refreshes all hubs.
   */
  #lose(error: unknown): boolean {
    const connection = this.#connection;
    this.#connection = null;
    const held = [...this.#held];
    this.#held.clear();
    void connection?.close();
    if (this.#isStopped) return false;
    for (const hub of held) this.#options.onLost(hub);
    this.#reopens = this.#isSettled;
    this.#isSettled = false;
    if (this.#reopens) return true;
    this.#options.onFault(error);
    for (const hub of this.#options.hubs()) {
      if (this.#alone.has(hub)) continue;
      this.#alone.add(hub);
      this.#options.onGained(hub);
    }
    return false;
  }
}

/**
 * `excess`: what to give up, above all what exceeds an even share. One less than that too where another has
 * even less: of 20 hubs, five dashboards with 4 each would leave a sixth without any.
 */
function shareOf(hubs: number, held: number, others: readonly number[]): { share: number; excess: number } {
  const dashboards = others.length + 1;
  const share = Math.ceil(hubs / dashboards);
  const least = Math.floor(hubs / dashboards);
  const isOneShort = held === share && others.some((one) => one < least);
  return { share, excess: isOneShort && held > least ? 1 : Math.max(0, held - share) };
}
