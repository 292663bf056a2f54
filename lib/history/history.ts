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
import type { Engine, HistoryPlace } from "./storage/engine.ts";
import { NewerDatabaseError } from "./storage/migrate.ts";
import { Recorder, type Sampler } from "./writing/recorder.ts";
import { type RefreshToRecord, seriesKey } from "./writing/refresh-batch.ts";

export interface HistoryOptions {
  place: HistoryPlace;
  refreshSeconds: number;
  retention?: Retention;
  /** Who refreshes a hub, where several dashboards share the database. Default: this one. */
  samplerOf?: (hub: string) => Sampler;
  /** Whether a hub is watched by this id; what is kept by any other may be a hub's former id's. Default: all are. */
  isWatched?: (hub: string) => boolean;
  /** Told when a fault comes, changes or (null) goes. */
  onFault?: (fault: Fault | null) => void;
  clock?: Clock;
}

/** The dashboard's memory: samples, owner changes, activity, resets, incidents. */
export class History {
  readonly resets = new ResetRecords((work) => this.#use(work));
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
  /** By id and address: hubs that were looked for under former ids. */
  readonly #settled = new Map<string, { id: string; done: Promise<unknown> }>();

  private constructor(options: HistoryOptions) {
    const { place, refreshSeconds, retention = defaultRetention, clock = Date.now } = options;
    this.#database = new Database(place);
    this.#refreshSeconds = refreshSeconds;
    this.#retention = retention;
    this.#clock = clock;
    this.#isWatched = options.isWatched ?? (() => true);
    this.#recorder = new Recorder(this.#database, { ...options, retention, clock });
  }

  /**
   * Opens the database and brings it to this version. One that can't be reached is a fault and no failure:
   * the dashboard works without, and goes on trying. @throws NewerDatabaseError
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

  /** Why nothing can be written just now; null where all is well. */
  get fault(): Fault | null {
    return this.#recorder.fault;
  }

  /**
   * Takes in one refresh, and what a restart is to go on from; null leaves what stands there. Never throws and
   * never waits: it is written as soon as the database can.
   */
  record(refresh: RefreshToRecord, remembered: Remembered | null = null): void {
    this.#recorder.record(refresh, remembered);
  }

  /** What statuses and rates of a hub are told from, as it was recorded last. @throws AppError `historyUnavailable` */
  async recall(hub: RecalledFor): Promise<RecalledHub> {
    await this.#settleId(hub);
    return this.#use((engine) => recallHub(engine, hub, this.#refreshSeconds * 1000));
  }

  /** The database can't be reached, as another of its users found. */
  noteFault(error: unknown): void {
    this.#recorder.noteFault(error);
  }

  /** Another dashboard wrote of late. */
  forget(): void {
    this.#recorder.forget();
  }

  /** Resolves once all that was recorded is written. For tests; faults make it wait. */
  written(): Promise<void> {
    return this.#recorder.written();
  }

  /** A range of a group's figures. Where the database can't be read: what memory has, and the fault. */
  points(query: PointsQuery): Promise<PointsAnswer> {
    return readPoints(query, {
      database: this.#database,
      recent: this.#recorder.recent,
      refreshSeconds: this.#refreshSeconds,
      retention: this.#retention,
      now: this.#clock(),
    });
  }

  /** The groups of a hub that were ever recorded, names in lower case. @throws AppError `historyUnavailable` */
  async groupsOf(hub: PointsQuery["hub"]): Promise<PointsQuery["group"][]> {
    await this.#settleId(hub);
    return this.#use((engine) => readGroups(engine, hub));
  }

  /** @throws AppError `historyUnavailable` */
  owners(query: OwnersQuery): Promise<OwnersAnswer> {
    return this.#use((engine) => readOwners(engine, query));
  }

  /** Resolves with the entry's id once it is stored. @throws AppError `historyUnavailable` */
  appendActivity(entry: ActivityEntry): Promise<number> {
    return this.#use((engine) => insertActivity(engine, entry));
  }

  /** Newest first. @throws AppError `historyUnavailable` */
  activity(query: ActivityQuery): Promise<StoredActivity[]> {
    return this.#use((engine) => selectActivity(engine, query));
  }

  /** Writes what is still to be written, if the database takes it, and closes. */
  async close(): Promise<void> {
    await this.#recorder.stop();
    await this.#database.close();
  }

  /** Once for each hub: one that goes by another id than before goes on with what is kept of it. */
  #settleId(hub: RecalledFor): Promise<unknown> {
    const { hub: id, address } = seriesKey(hub, null);
    // An id that was given up may come back.
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
