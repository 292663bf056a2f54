import { expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { type SnapshotEvent, type StreamQuery, snapshotEventSchema } from "#lib/api/stream.ts";
import { WholePartitions } from "#lib/client/stream/whole-partitions.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { Scope } from "#lib/server/access/scope.ts";
import { eventStream } from "#lib/server/http/event-stream.ts";
import { snapshotNews } from "#lib/server/stream.ts";
import { Succession } from "#lib/server/succession.ts";
import { fixtureGroup, fixtureGroupPartition, fixtureHub } from "#tests/support/worlds/fixture-world.ts";

const partition = (partitionId: string, lag: number) => fixtureGroupPartition({ partitionId, lag });

function snapshot(partitions: readonly GroupPartition[], store = "main"): HubSnapshot {
  return snapshotOf([store, partitions]);
}

function snapshotOf(...stores: [store: string, partitions: readonly GroupPartition[]][]): HubSnapshot {
  const rest = { listedAt: 0, observedExpirationSeconds: null, busyCheckpointSeconds: {} };
  const groups = stores.map(([store, partitions]) => ({
    group: fixtureGroup({ store }),
    partitions,
    ...rest,
  }));
  return { eventHub: fixtureHub(), partitions: [], groups, evidence: null };
}

function world() {
  const succession = new Succession(() => true);
  const listeners = new Set<(snapshot: HubSnapshot) => void>();
  const open = (query: StreamQuery = {}, reach = "all", see = (event: SnapshotEvent) => event) => {
    const asked: StreamQuery = { group: "billing", changes: "true", ...query };
    const room = { wait: (go: () => void) => go(), hold: () => {} };
    const { body } = eventStream(
      new AbortController().signal,
      room,
      (tell) => {
        const newsOf = snapshotNews(asked, succession);
        const listener = (one: HubSnapshot) => {
          const news = newsOf(one);
          tell({ ...news, data: () => see(news.data()) });
        };
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      reach,
    );
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    const pieces: Uint8Array[] = [];
    const text = async (told = ""): Promise<string> => {
      if (told.endsWith("\n\n")) return told;
      const { value } = await reader.read();
      if (value !== undefined) pieces.push(value);
      return text(told + new TextDecoder().decode(value));
    };
    return {
      ready: text(),
      pieces,
      next: async () => {
        const [, id, data = ""] = /^id: (.+)\nevent: snapshot\ndata: (.+)\n\n$/.exec(await text()) ?? [];
        const event = snapshotEventSchema.parse(JSON.parse(data));
        expect(event.id).toBe(id);
        return event;
      },
    };
  };
  const refresh = (one: HubSnapshot) => {
    for (const listener of listeners) listener(one);
  };
  return { open, refresh };
}

const changesOf = ({ full, partitions, removed }: SnapshotEvent) => ({
  full,
  removed,
  lags: partitions?.map(({ partitionId, lag }) => `${partitionId}: ${lag}`),
});

it("sends only changed partitions to a reader that has the previous snapshot, and all to others", async () => {
  const { open, refresh } = world();
  const steady = open();
  await steady.ready;
  const whole = new WholePartitions();
  const states = [
    snapshot([partition("0", 1), partition("1", 2)]),
    snapshot([partition("0", 1), partition("1", 3)]),
    snapshot([partition("0", 1), partition("1", 3)]),
  ];
  const told: SnapshotEvent[] = [];
  for (const state of states) {
    refresh(state);
    told.push(await steady.next());
    expect(whole.take(told.at(-1) as SnapshotEvent)?.partitions).toEqual(state.groups[0]?.partitions);
  }
  expect(told.map(changesOf)).toEqual([
    { full: true, removed: undefined, lags: ["0: 1", "1: 2"] },
    { full: false, removed: [], lags: ["1: 3"] },
    { full: false, removed: [], lags: [] },
  ]);
  expect(told.map(({ after }) => after)).toEqual([undefined, told[0]?.id, told[1]?.id]);
  const late = open();
  await late.ready;
  refresh(snapshot([partition("0", 5), partition("1", 3)]));
  expect(changesOf(await late.next())).toMatchObject({ full: true, lags: ["0: 5", "1: 3"] });
  expect(changesOf(await steady.next())).toMatchObject({ full: false, lags: ["0: 5"] });
});

it("sends a full snapshot to a slow reader", async () => {
  const { open, refresh } = world();
  const [slow, quick] = [open(), open()];
  await Promise.all([slow.ready, quick.ready]);
  for (const lag of [1, 2, 3]) {
    refresh(snapshot([partition("0", lag), partition("1", 0)]));
    expect(changesOf(await quick.next()).full).toBe(lag === 1);
    if (lag === 1) await slow.next();
  }
  // The second one waited for it, and the third took its place.
  expect(changesOf(await slow.next())).toEqual({ full: true, removed: undefined, lags: ["0: 3", "1: 0"] });
  refresh(snapshot([partition("0", 4), partition("1", 0)]));
  expect(changesOf(await slow.next())).toEqual({ full: false, removed: [], lags: ["0: 4"] });
});

it("sends all partitions when their count or the group's store changes", async () => {
  const { open, refresh } = world();
  const reader = open();
  await reader.ready;
  const states = [
    snapshot([partition("0", 1)]),
    snapshot([partition("0", 1), partition("1", 1)]),
    snapshot([partition("0", 1), partition("1", 1)], "other"),
    snapshot([partition("0", 1), partition("2", 1)], "other"),
    { ...snapshot([]), groups: [] },
    snapshot([partition("0", 1), partition("2", 1)], "other"),
  ];
  const told = [];
  for (const state of states) {
    refresh(state);
    told.push(changesOf(await reader.next()));
  }
  expect(told).toEqual([
    { full: true, lags: ["0: 1"] },
    { full: true, lags: ["0: 1", "1: 1"] },
    { full: true, lags: ["0: 1", "1: 1"] },
    { full: false, removed: ["1"], lags: ["2: 1"] },
    { full: true },
    { full: true, lags: ["0: 1", "2: 1"] },
  ]);
});

it.each([
  ["first", [0, 1]],
  ["last", [1, 0]],
] as const)("sends all to who followed the group in a store that vanished, asking %s", async (_, order) => {
  const { open, refresh } = world();
  const readers = [open(), open({ store: "other" })].map((reader) => ({
    ...reader,
    whole: new WholePartitions(),
  }));
  await Promise.all(readers.map(({ ready }) => ready));
  const other = (lag: number) => [partition("0", lag), partition("1", 7)];
  const states = [
    snapshotOf(["main", [partition("0", 1), partition("1", 2)]], ["other", other(5)]),
    snapshotOf(["other", other(6)]),
  ];
  const told: (SnapshotEvent | undefined)[] = [];
  for (const state of states) {
    refresh(state);
    for (const index of order) {
      const event = await readers[index]?.next();
      told[index] = event && (readers[index]?.whole.take(event) ?? undefined);
    }
  }
  expect(told.map((event) => event?.partitions)).toEqual([other(6), other(6)]);
  expect(told.map((event) => event?.full)).toEqual([true, false]);
});

it("treats a hidden group like one that does not exist", async () => {
  const { open, refresh } = world();
  const scope = new Scope([{ role: "viewer", hubs: ["*"], groups: ["other"] }]);
  const readers = [
    open({}, "other", (event) => scope.snapshot(event)),
    open({ group: "none" }, "other", (event) => scope.snapshot(event)),
  ];
  await Promise.all(readers.map(({ ready }) => ready));
  for (const lag of [1, 2]) {
    refresh(snapshot([partition("0", lag), partition("1", 1)]));
    const [hidden, none] = await Promise.all(readers.map(({ next }) => next()));
    expect(hidden).toEqual(none);
    expect(hidden).toMatchObject({ full: true, consumerGroups: [] });
    for (const field of ["group", "partitions", "removed", "after"]) expect(hidden).not.toHaveProperty(field);
  }
});

it("writes out once what is the same, however it is asked for", async () => {
  const { open, refresh } = world();
  let written = 0;
  const counted = (event: SnapshotEvent) => {
    written += 1;
    return event;
  };
  const same: StreamQuery[] = [
    {},
    { group: "BILLING" },
    { store: "main" },
    { hub: "orders", hubPartitions: "false" },
  ];
  const others: StreamQuery[] = [{ group: "none" }, { store: "other" }, { hubPartitions: "true" }];
  const readers = [...same, ...others].map((query) => open(query, "all", counted));
  await Promise.all(readers.map(({ ready }) => ready));
  for (const lag of [1, 2]) {
    written = 0;
    refresh(snapshot([partition("0", lag), partition("1", 1)]));
    const told = await Promise.all(readers.map(({ next }) => next()));
    // The group, the hub's partitions beside it, and no group: `none`, and the one that is in no other store.
    expect(written).toBe(3);
    for (const event of told.slice(0, same.length)) expect(event).toEqual(told[0]);
    expect(told.map(({ partitions }) => partitions !== undefined)).toEqual([
      ...same.map(() => true),
      ...[false, false, true],
    ]);
  }
});

it("keeps what all groups' pages follow once, and sends it to each with its own group", async () => {
  const { open, refresh } = world();
  const readers = [open(), open({ group: "none" })];
  const narrow = open({}, "other");
  await Promise.all([...readers, narrow].map(({ ready }) => ready));
  refresh(snapshot([partition("0", 1)]));
  const told = await Promise.all([...readers, narrow].map(({ next }) => next()));
  expect(told.map(({ consumerGroups }) => consumerGroups)).toEqual(told.map(() => [fixtureGroup()]));
  const firstOf = ({ pieces }: (typeof readers)[number]) => pieces[1];
  const [one, none] = readers.map(firstOf);
  expect(one).toBe(none);
  expect(firstOf(narrow)).not.toBe(one);
  expect(readers.map(({ pieces }) => pieces.length)).toEqual([3, 3]);
});

it("sends full snapshots without ids unless changes are asked for", async () => {
  const newsOf = snapshotNews({ group: "billing" }, new Succession(() => true));
  const first = newsOf(snapshot([partition("0", 1)]));
  first.sent?.();
  const { data, id } = newsOf(snapshot([partition("0", 1)]));
  expect([id, changesOf(data())]).toEqual([undefined, { lags: ["0: 1"] }]);
});
