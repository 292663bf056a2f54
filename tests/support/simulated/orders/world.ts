import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { OwnReset, ResetLost } from "#lib/reset/apply/own-reset.ts";
import { runOffline } from "#lib/reset/apply/run-offline.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { modelPartition, modelPlace } from "#tests/support/fixtures/model-place.ts";
import { resetRecord } from "#tests/support/fixtures/plan-record.ts";
import { Clients, type Containers, copied, type Made } from "./clients.ts";
import { ModelStore, type WriteFate } from "./store.ts";

export const guardSeconds = 60;
export const namespace = "contoso.servicebus.windows.net";
export const trees = {
  lower: `${namespace}/orders/billing`,
  typed: "Contoso.servicebus.windows.net/Orders/Billing",
  archive: `${namespace}/orders/archive`,
};
export type StoreName = "old" | "new";
type GroupName = "billing" | "archive";
export interface Side {
  store: StoreName;
  group: GroupName;
}

export type Happening = ((world: OrderedWorld) => void | Promise<void>) & { isTime?: true };
/** `script`: before each request and stored step of an application. `atWrites`: before each write alone. */
export interface Course {
  script: readonly (Happening | null)[];
  atWrites: readonly (Happening | null)[];
  fates: readonly WriteFate[];
  diesAfter: number | null;
  /** The store answers nothing from this request on, as many times. */
  outage?: { at: number; requests: number } | null;
}

export const quietCourse: Course = { script: [], atWrites: [], fates: [], diesAfter: null };

/** Two containers, a hub with the partitions 0 and 1, and whatever happens between two requests of a dashboard. */
export class OrderedWorld {
  readonly store: ModelStore;
  partitionIds = ["0", "1"];
  knownGroups: string[] | null = null;
  readonly resets: ResetRecord[] = [];
  readonly running = new Set<string>();
  /** Counts what happened while dashboards were at work, or between their plans and applications. */
  happened = 0;
  readonly #clients: Clients;
  #script: (Happening | null)[] = [];
  #atWrites: (Happening | null)[] = [];
  #fates: WriteFate[] = [];
  #outage: { at: number; requests: number } | null = null;
  #isQuiet = true;
  #deferred: Happening[] = [];
  #ids = 0;

  constructor(now: EpochMs) {
    this.store = new ModelStore(now, {
      onRequest: async (isWrite, client) => {
        await this.#happens(isWrite);
        return this.#lives(client);
      },
      fateOf: () => {
        const fate = this.#isQuiet ? "answered" : (this.#fates.shift() ?? "answered");
        if (fate !== "answered") this.happened += 1;
        return fate;
      },
      isOut: () => this.#isOut(),
      onListed: (client, container, prefix) => this.#clients.look(client, container, prefix),
      onWrite: (write) => this.#clients.note(write),
    });
    this.#clients = new Clients(this.store);
  }

  reset(now: EpochMs): void {
    this.store.clear(now);
    this.partitionIds = ["0", "1"];
    this.knownGroups = null;
    this.resets.length = 0;
    this.running.clear();
    this.happened = 0;
    this.#clients.clear();
    this.#script = [];
    this.#atWrites = [];
    this.#fates = [];
    this.#outage = null;
    this.#deferred = [];
    this.#isQuiet = true;
  }

  newName(what: string): string {
    this.#ids += 1;
    return `${what}${this.#ids}`;
  }

  place({ store, group }: Side, client: string): ResetPlace {
    const container = this.store.container(store, client);
    const partitions = () => Object.fromEntries(this.partitionIds.map((id) => [id, modelPartition(0, 99)]));
    return modelPlace({
      partitions: partitions(),
      place: {
        store,
        group,
        container,
        ownershipExpirationSeconds: guardSeconds,
        readStore: (abortSignal) =>
          createStoreReader(container, {
            fullyQualifiedNamespace: namespace,
            eventHubName: "Orders",
            onlyGroup: group,
            surveys: false,
            spellingsSeconds: 0,
          }).read({ abortSignal }),
        readHub: async (signal, ids) => {
          this.#clients.of(client).hub = { value: [...this.partitionIds], at: this.store.now };
          return modelPlace({ partitions: partitions() }).readHub(signal, ids);
        },
        knownGroups:
          this.knownGroups === null
            ? null
            : async () => {
                const value = [...(this.knownGroups ?? ["billing", "archive"])];
                this.#clients.of(client).known = { value, at: this.store.now };
                return value;
              },
      },
    });
  }

  put(store: StoreName, name: string, metadata: Record<string, string>, body = ""): void {
    this.store.put(store, name, metadata, body);
  }

  standing(): Containers {
    return copied(this.store.containers);
  }

  async quietly<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#isQuiet;
    this.#isQuiet = true;
    try {
      return await work();
    } finally {
      this.#isQuiet = before;
    }
  }

  /**
   * Applies a plan as a dashboard does, while the script goes on. Where it is killed, another one clears up. Returns
   * what was written in all.
   */
  async apply(
    record: PlanRecord,
    sides: { target: Side; source: Side | null },
    course: Course,
  ): Promise<{ reset: ResetRecord; made: Made[] }> {
    const names = [this.newName("run"), this.newName("heir")] as const;
    const reset = this.#begin(record);
    this.running.add(reset.store);
    this.#script = [...course.script];
    this.#atWrites = [...course.atWrites];
    this.#fates = [...course.fates];
    this.#outage = course.outage ? { ...course.outage } : null;
    const wasQuiet = this.#isQuiet;
    this.#isQuiet = course === quietCourse;
    try {
      for (const [i, name] of names.entries()) {
        const isTakenOver = i > 0;
        Object.assign(this.#clients.of(name), { reset, diesAfter: isTakenOver ? null : course.diesAfter });
        const outcome = await this.#run(reset, sides, name, isTakenOver);
        if (outcome === "lost") continue;
        Object.assign(reset, { state: outcome, endedAt: this.store.now });
        break;
      }
    } finally {
      // What was given up arrives before anybody plans again.
      this.store.arriveAll();
      this.#isQuiet = wasQuiet;
      this.running.delete(reset.store);
    }
    return { reset, made: names.flatMap((name) => this.#clients.of(name).made) };
  }

  #begin({ plan, writes, createdOn }: PlanRecord): ResetRecord {
    const entries = plan.entries.map(({ partitionId, blockedBy }): EntryRecord => {
      const write = writes.find((one) => one.partitionId === partitionId) ?? null;
      const blank = { partitionId, write, before: null, lastOwnerId: null, after: null, live: null };
      return write === null
        ? { ...blank, result: "skipped", reason: blockedBy }
        : { ...blank, result: "pending", reason: null };
    });
    const { hub, store, group, target } = plan;
    const about = { id: this.newName("reset"), hub, store, group, target, createdOn };
    const reset = resetRecord(entries, { ...about, state: "running", startedAt: this.store.now });
    this.resets.unshift(reset);
    return reset;
  }

  async #run(
    reset: ResetRecord,
    { target, source }: { target: Side; source: Side | null },
    client: string,
    isTakenOver: boolean,
  ): Promise<"done" | "failed" | "lost"> {
    const records = {
      note: async (_: string, __: string, changes: readonly Partial<EntryRecord>[]) => {
        await this.#happens(false);
        if (!this.#lives(client)) return false;
        for (const change of changes) {
          const entry = reset.entries.find(({ partitionId }) => partitionId === change.partitionId);
          if (entry !== undefined) Object.assign(entry, change);
        }
        return true;
      },
      heartbeat: async () => this.#clients.of(client).diesAfter !== 0,
      end: async () => true,
    };
    const own = new OwnReset({ records, reset: structuredClone(reset), instance: "i", onStep: () => {} });
    const stop = new AbortController().signal;
    const patience = { tries: 3, forMs: 60_000, pauseMs: () => 0 };
    const place = this.place(target, client);
    const from = source === null ? null : this.place(source, client);
    try {
      const { state } = await runOffline({ own, place, source: from, isTakenOver, stop, patience });
      return this.#clients.of(client).diesAfter === 0 ? "lost" : state;
    } catch (error) {
      if (error instanceof ResetLost) return "lost";
      throw error;
    }
  }

  #isOut(): boolean {
    if (this.#isQuiet || this.#outage === null) return false;
    this.#outage.at -= 1;
    const isOut = this.#outage.at < 0 && -this.#outage.at <= this.#outage.requests;
    if (isOut) this.happened += 1;
    return isOut;
  }

  #lives(name: string): boolean {
    const client = this.#clients.of(name);
    if (client.diesAfter === null) return true;
    client.diesAfter = Math.max(0, client.diesAfter - 1);
    if (client.diesAfter === 0) this.happened += 1;
    return client.diesAfter > 0;
  }

  async #happens(isWrite: boolean): Promise<void> {
    if (this.#isQuiet) return;
    const next = [this.#script.shift(), isWrite ? this.#atWrites.shift() : null].filter((one) => one != null);
    // A request is cut off before time goes by: what is under way meets a store of the same moment.
    const [now, later] = [
      next.filter((one) => !isWrite || !one.isTime),
      next.filter((one) => isWrite && one.isTime),
    ];
    const due = isWrite ? [] : this.#deferred.splice(0);
    this.#deferred.push(...later);
    for (const happening of [...due, ...now]) await this.happens(happening);
  }

  async happens(happening: Happening): Promise<void> {
    this.happened += 1;
    await this.quietly(async () => happening(this));
  }
}
