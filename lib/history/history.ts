import type { Fault } from "#lib/api/errors.ts";
import type { Clock } from "#lib/core/time.ts";
import {
  type ActivityEntry,
  type ActivityQuery,
  insertActivity,
  type StoredActivity,
  selectActivity,
} from "./activity.ts";
import { toHistoryError } from "./fault.ts";
import { GroupMoveRecords } from "./group-moves/group-move-records.ts";
import { DeliveryRecords } from "./incidents/delivery-records.ts";
import { IncidentRecords } from "./incidents/incident-records.ts";
import { SilenceRecords } from "./incidents/silence-records.ts";
import { readGroups } from "./reading/groups.ts";
import { type OwnersAnswer, type OwnersQuery, readOwners } from "./reading/owners.ts";
import { type PointsAnswer, type PointsQuery, readPoints } from "./reading/points.ts";
import { adoptFormerId } from "./remembered/former-id.ts";
import { GoneGroupRecords } from "./remembered/gone-groups.ts";
import { type RecalledFor, recallHub } from "./remembered/recall-hub.ts";
import type { RecalledHub, Remembered } from "./remembered/remembered.ts";
import { ResetRecords } from "./resets/reset-records.ts";
import { defaultRetention, type Retention } from "./samples/tiers.ts";
import { Database } from "./storage/database.ts";
import type { DatabaseAddress, Engine } from "./storage/engine.ts";
import { NewerDatabaseError } from "./storage/migrate.ts";
import { Recorder, type Sampler } from "./writing/recorder.ts";
import { type RefreshToRecord, seriesKey } from "./writing/refresh-batch.ts";

export interface HistoryOptions {
  address: DatabaseAddress;
  refreshSeconds: number;
  retention?: Retention;
  /**
   * The dashboard that refreshes a hub when several share the database; default: this one. `isWatched` tells
   * if a hub with this id is watched, since other ids may be former ones of a hub; default: all are.
   */
  samplerOf?: (hub: string) => Sampler;
  isWatched?: (hub: string) => boolean;
  onFault?: (fault: Fault | null) => void;
  clock?: Clock;
}

/** Queries throw AppError `historyUnavailable`; `points` falls back to what memory has. */
export class History {
  readonly resets = new ResetRecords((work) => this.#use(work));
  readonly groupMoves = new GroupMoveRecords((work) => this.#use(work));
  readonly incidents = new IncidentRecords((work) => this.#use(work));
  readonly silences = new SilenceRecords((work) => this.#use(work));
  readonly deliveries = new DeliveryRecords((work) => this.#use(work));
  readonly goneGroups = new GoneGroupRecords((work) => this.#use(work));
  readonly #database: Database;
  readonly #recorder: Recorder;
  readonly #refreshSeconds: number;
  readonly #retention: Retention;
  readonly #clock: Clock;
  readonly #isWatched: (hub: string) => boolean;
  readonly #settled = new Map<string, { id: string; done: Promise<unknown> }>();

  private constructor(options: HistoryOptions) {
    const { address, refreshSeconds, retention = defaultRetention, clock = Date.now } = options;
    this.#database = new Database(address);
    this.#refreshSeconds = refreshSeconds;
    this.#retention = retention;
    this.#clock = clock;
    this.#isWatched = options.isWatched ?? (() => true);
    this.#recorder = new Recorder(this.#database, { ...options, retention, clock });
  }

  /**
   * Opens and migrates the database. If it can't be reached, the dashboard runs without and keeps trying.
   * @throws NewerDatabaseError
   */
  static async open(options: HistoryOptions): Promise<History> {
    const history = new History(options);
    try {
      await history.#database.engine();
    } catch (error) {
      if (error instanceof NewerDatabaseError) throw error;
      history.#recorder.noteFault(error);
    }
    history.#recorder.start();
    return history;
  }

  get fault(): Fault | null {
    return this.#recorder.fault;
  }

  /**
   * Null keeps what is stored for a restart. Never throws or waits: the refresh is written as soon as the
   * database can be reached.
   */
  record(refresh: RefreshToRecord, remembered: Remembered | null = null): void {
    this.#recorder.record(refresh, remembered);
  }

  async recall(hub: RecalledFor): Promise<RecalledHub> {
    await this.#settleId(hub);
    return this.#use((engine) => recallHub(engine, hub, this.#refreshSeconds * 1000));
  }

  noteFault(error: unknown): void {
    this.#recorder.noteFault(error);
  }

  forget(): void {
    this.#recorder.forget();
  }

  /** Resolves when everything recorded is written; faults make it wait. For tests. */
  written(): Promise<void> {
    return this.#recorder.written();
  }

  points(query: PointsQuery): Promise<PointsAnswer> {
    return readPoints(query, {
      database: this.#database,
      recent: this.#recorder.recent,
      refreshSeconds: this.#refreshSeconds,
      retention: this.#retention,
      now: this.#clock(),
    });
  }

  async groupsOf(hub: PointsQuery["hub"]): Promise<PointsQuery["group"][]> {
    await this.#settleId(hub);
    return this.#use((engine) => readGroups(engine, hub));
  }

  owners(query: OwnersQuery): Promise<OwnersAnswer> {
    return this.#use((engine) => readOwners(engine, query));
  }

  appendActivity(entry: ActivityEntry): Promise<number> {
    return this.#use((engine) => insertActivity(engine, entry));
  }

  activity(query: ActivityQuery): Promise<StoredActivity[]> {
    return this.#use((engine) => selectActivity(engine, query));
  }

  async close(): Promise<void> {
    await this.#recorder.stop();
    await this.#database.close();
  }

  /** Runs once per hub: a hub with a new id continues the records of its former one. */
  #settleId(hub: RecalledFor): Promise<unknown> {
    const { hub: id, address } = seriesKey(hub, null);
    // A former id may come back.
    for (const [key, one] of this.#settled) if (!this.#isWatched(one.id)) this.#settled.delete(key);
    const key = JSON.stringify([id, address]);
    const known = this.#settled.get(key);
    if (known !== undefined) return known.done;
    const done = this.#use((engine) => adoptFormerId(engine, hub, this.#isWatched));
    this.#settled.set(key, { id, done });
    done.catch(() => this.#settled.delete(key));
    return done;
  }

  async #use<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#database.engine());
    } catch (error) {
      throw toHistoryError(error);
    }
  }
}
