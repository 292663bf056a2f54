import { describe, expect, it } from "vitest";
import type { StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { History } from "#lib/history/history.ts";
import { engines, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { RefreshedHub } from "#tests/support/simulated/refreshed-hub.ts";

const every = 10_000;

class World {
  second = 0;
  readonly #checkpoints = new Map<string, StoredCheckpoint>();
  readonly #owners = new Map<string, StoredOwnership>();
  last = 1_000;
  begin = 0;
  lastEnqueuedAt = noon;
  readonly #hub = new RefreshedHub(
    monitoredHub(async () => hubReading([this.#properties()], this.now), {
      main: async () => storeReading(this.#groups(), this.now),
    }),
    { refreshMs: every },
  );

  get now() {
    return noon + this.second * 1000;
  }

  #properties() {
    const { lastEnqueuedAt } = this;
    const over = { lastEnqueuedSequenceNumber: this.last, beginningSequenceNumber: this.begin };
    return properties("0", { ...over, lastEnqueuedAt });
  }

  #groups() {
    return [...this.#checkpoints].map(([name, each]) => {
      const owner = this.#owners.get(name);
      return storedGroup(name, [each], owner === undefined ? [] : [owner]);
    });
  }

  commit(group: string, sequenceNumber: number, writtenBy: string | null = null): void {
    this.#checkpoints.set(group, { ...checkpoint("0", sequenceNumber, this.now), writtenBy });
  }

  renew(group: string, ownerId: string): void {
    this.#owners.set(group, ownership("0", ownerId, this.now + every));
  }

  async ownerChanges(history: History) {
    const { eventHub, groups } = this.#hub.snapshot;
    const [first] = groups;
    if (first === undefined) throw new Error("nothing was read");
    return (await history.owners({ hub: eventHub, group: first.group, from: noon, to: this.now })).changes;
  }

  enqueue(count: number): void {
    this.last += count;
    this.lastEnqueuedAt = this.now;
  }

  async refresh(history: History, seconds = every / 1000): Promise<Record<string, string>> {
    this.second += seconds;
    history.record(await this.#hub.refresh(this.now), this.#hub.memory);
    await history.written();
    return this.statuses();
  }

  statuses(): Record<string, string> {
    return Object.fromEntries(this.#hub.snapshot.groups.map(({ group }) => [group.name, group.status]));
  }

  get partition() {
    return this.#hub.snapshot.groups[0]?.partitions[0];
  }

  async restart(history: History): Promise<void> {
    this.#hub.restart(await history.recall(this.#hub.hub));
  }
}

async function reachAll(world: World, history: History): Promise<void> {
  for (let turn = 1; turn <= 12; turn += 1) {
    world.enqueue(100);
    if (turn <= 4) world.commit("stop", turn);
    world.commit("stall", 500);
    world.commit("warn", 100 + turn);
    world.commit("ok", world.last - 50 + turn);
    world.commit("rewind", turn < 10 ? 700 + turn : 600 + turn);
    await world.refresh(history);
  }
}

const all = { ok: "ok", rewind: "rewind", stall: "stall", stop: "stop", warn: "warn" };

describe.each(engines)("the memory behind statuses, in %s", (kind) => {
  it("is complete at the first look after a restart, and so is every status", async () => {
    const address = await newDatabase(kind);
    const before = await openHistory(address);
    const world = new World();
    await reachAll(world, before);
    expect(world.statuses()).toEqual(all);
    await before.close();

    const history = await openHistory(address);
    await world.restart(history);
    expect(await world.refresh(history)).toEqual(all);
    // Another look at the same blobs is no commit, so everything stays as stored.
    await world.restart(history);
    expect(await world.refresh(history)).toEqual(all);
  });

  it("brings no false alarm to a quiet group when its next events come while nobody looks", async () => {
    const history = await openHistory(await newDatabase(kind));
    const world = new World();
    for (let turn = 1; turn <= 3; turn += 1) {
      world.enqueue(10);
      world.commit("quiet", world.last);
      await world.refresh(history);
    }
    for (let turn = 0; turn < 6; turn += 1) await world.refresh(history, 600);
    world.second += 600;
    world.enqueue(40);
    await world.restart(history);
    expect(await world.refresh(history, 1)).toEqual({ quiet: "ok" });
    for (let turn = 0; turn < 2; turn += 1) expect(await world.refresh(history)).toEqual({ quiet: "ok" });
    expect(await world.refresh(history)).toEqual({ quiet: "stop" });
  });

  it("forgets what was before a reset, over restarts too", async () => {
    const history = await openHistory(await newDatabase(kind));
    const world = new World();
    for (let turn = 1; turn <= 5; turn += 1) {
      world.enqueue(100);
      world.commit("group", 700 + turn);
      await world.refresh(history);
    }
    world.commit("group", 10, "tidemark/r1/0");
    expect(await world.refresh(history)).toEqual({ group: "unknown" });
    await world.restart(history);
    expect(await world.refresh(history)).toEqual({ group: "unknown" });
    world.commit("group", 400);
    expect(await world.refresh(history)).toEqual({ group: "unknown" });
    await world.restart(history);
    world.commit("group", 700);
    expect(await world.refresh(history)).toEqual({ group: "ok" });
  });

  it("tells an expired owner from a live one, and repeats no change of it", async () => {
    const history = await openHistory(await newDatabase(kind));
    const world = new World();
    world.commit("group", 1);
    const look = async () => {
      await world.refresh(history);
      return world.partition?.owner?.state;
    };
    for (let turn = 0; turn < 4; turn += 1) {
      world.renew("group", "a");
      expect(await look()).toBe("active");
    }
    // The owner renews every ten seconds, so a minute of silence is its end.
    for (let turn = 0; turn < 5; turn += 1) await look();
    expect(await look()).toBe("expired");
    await world.restart(history);
    expect(await look()).toBe("expired");
    for (let turn = 0; turn < 6; turn += 1) await look();
    const changes = await world.ownerChanges(history);
    expect(changes.map(({ kind: each, ownerId }) => [each, ownerId])).toEqual([["expired", null]]);
  });

  it("goes on with the lag in seconds, the rates and the time until events are lost", async () => {
    const history = await openHistory(await newDatabase(kind));
    const world = new World();
    for (let turn = 1; turn <= 40; turn += 1) {
      world.enqueue(100);
      world.begin += 50;
      world.commit("group", 2_000 + turn);
      await world.refresh(history);
    }
    const before = world.partition;
    expect(before).toMatchObject({ lagSecondsIsLowerBound: false, eventsInPerSecond: 10 });
    expect(before?.secondsUntilLoss).toBeCloseTo((2_040 + 2 - 2_000) / (5 - 0.1));
    world.second -= every / 1000;
    await world.restart(history);
    await world.refresh(history);
    expect(world.partition).toEqual(before);
  });

  it("goes on with what was lost unread, and counts what left while nobody looked", async () => {
    const history = await openHistory(await newDatabase(kind));
    const world = new World();
    world.commit("archive", 10);
    await world.refresh(history);
    const since = new Date(noon + every).toISOString();
    for (const [begin, total] of [
      [500, 0],
      [700, 489],
    ] as const) {
      world.begin = begin;
      await world.refresh(history);
      expect(world.partition).toMatchObject({ lostEventsTotal: total, lostEventsSince: since });
    }
    world.begin = 800;
    world.commit("archive", 750);
    await world.restart(history);
    await world.refresh(history, 600);
    await world.refresh(history);
    // Events 500 to 750 may have been read, so this is a lower bound.
    expect(world.partition).toMatchObject({ lostEventsTotal: 538, lostEventsSince: since });
    expect(world.partition?.lostEvents).toBe(49);
  });

  it("goes on with the lag in seconds of a group that is hours behind", async () => {
    const world = new World();
    const history = await openHistory(await newDatabase(kind), { clock: () => noon + world.second * 1000 });
    for (let turn = 1; turn <= 3 * 360; turn += 1) {
      world.enqueue(100);
      // The group is half as fast as the input, so after three hours it is at the events of half that time.
      world.commit("group", 1_000 + 50 * turn);
      await world.refresh(history);
    }
    const before = world.partition;
    expect(before?.lagSecondsIsLowerBound).toBe(false);
    expect(before?.lagSeconds).toBeCloseTo(5_400, -2);
    world.second -= every / 1000;
    await world.restart(history);
    await world.refresh(history);
    expect(world.partition?.lagSecondsIsLowerBound).toBe(false);
    expect(world.partition?.lagSeconds).toBeCloseTo(5_400, -2);
  });

  it("is empty when nothing was recorded, or under another address", async () => {
    const history = await openHistory(await newDatabase(kind));
    const nothing = {
      lastAt: null,
      positions: new Map(),
      pastPositions: new Map(),
      beginnings: new Map(),
      gone: [],
      groups: [],
    };
    const hub = { id: "orders", fullyQualifiedNamespace: "contoso", eventHubName: "orders" };
    expect(await history.recall(hub)).toEqual(nothing);
    const world = new World();
    await reachAll(world, history);
    expect(await history.recall(hub)).toEqual(nothing);
  });
});
