import { expect, it } from "vitest";
import { toPartitionProperties } from "#lib/event-hub/to-partition-properties.ts";

const answer = {
  eventHubName: "orders",
  partitionId: "3",
  beginningSequenceNumber: 5,
  lastEnqueuedSequenceNumber: 9,
  lastEnqueuedOffset: "4900",
  lastEnqueuedOnUtc: new Date(1_700_000_000_123),
  isEmpty: false,
};

it("copies the figures", () => {
  expect(toPartitionProperties(answer)).toEqual({
    partitionId: "3",
    beginningSequenceNumber: 5,
    lastEnqueuedSequenceNumber: 9,
    lastEnqueuedOffset: "4900",
    lastEnqueuedAt: 1_700_000_000_123,
    isEmpty: false,
  });
});

it.each([
  ["never used", { lastEnqueuedSequenceNumber: -1 }],
  ["1970", { lastEnqueuedOnUtc: new Date(0) }],
  ["year 1", { lastEnqueuedOnUtc: new Date(-62_135_596_800_000) }],
  ["no date at all", { lastEnqueuedOnUtc: new Date(Number.NaN) }],
])("has no time of the last event: %s", (_, change) => {
  expect(toPartitionProperties({ ...answer, ...change }).lastEnqueuedAt).toBeNull();
});

it("refuses a sequence number that is no safe integer, also as bytes", () => {
  for (const value of [2 ** 53, Buffer.alloc(8, 0x7f)]) {
    const huge = Object.assign({ ...answer }, { lastEnqueuedSequenceNumber: value });
    expect(() => toPartitionProperties(huge as typeof answer)).toThrow(/Partition 3 .* too large/);
  }
});
