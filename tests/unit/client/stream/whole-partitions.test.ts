import { expect, it } from "vitest";
import type { SnapshotEvent } from "#lib/api/stream.ts";
import { WholePartitions } from "#lib/client/stream/whole-partitions.ts";
import { fixtureGroupPartition, fixtureHub } from "#tests/support/worlds/fixture-world.ts";

const event = (more: Partial<SnapshotEvent>): SnapshotEvent => ({
  hub: "orders",
  observedAt: null,
  eventHub: fixtureHub(),
  consumerGroups: [],
  ...more,
});
const partitions = (ids: string) =>
  [...ids].map((partitionId) => fixtureGroupPartition({ partitionId, lag: 1 }));
const idsOf = (one: SnapshotEvent | null) => one?.partitions?.map(({ partitionId }) => partitionId).join("");

it("replaces changed partitions, removes gone ones and adds new ones", () => {
  const whole = new WholePartitions();
  whole.take(event({ id: "1", full: true, partitions: partitions("012") }));
  const changed = [fixtureGroupPartition({ partitionId: "1", lag: 9 }), ...partitions("3")];
  const next = whole.take(event({ id: "2", full: false, after: "1", partitions: changed, removed: ["2"] }));
  expect([idsOf(next), next?.partitions?.[1]?.lag]).toEqual(["013", 9]);
  expect(idsOf(whole.take(event({ id: "3", full: false, after: "2", partitions: [] })))).toBe("013");
});

it("returns null when the previous snapshot is missing, until the next full one", () => {
  const whole = new WholePartitions();
  const changes = event({ id: "3", full: false, after: "2", partitions: [] });
  expect(whole.take(changes)).toBeNull();
  whole.take(event({ id: "1", full: true, partitions: partitions("01") }));
  expect(whole.take(changes)).toBeNull();
  expect(whole.take({ ...changes, hub: "returns" })).toBeNull();
  whole.take(event({ id: "2", full: true, partitions: partitions("01") }));
  expect(idsOf(whole.take(changes))).toBe("01");
});

it("passes snapshots of a stream without changes through", () => {
  const one = event({ partitions: partitions("01") });
  expect(new WholePartitions().take(one)).toBe(one);
});
