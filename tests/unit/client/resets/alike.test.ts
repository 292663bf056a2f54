import { expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { resultColumnsOf } from "#lib/cli/resets/plan-text.ts";
import { groupAlike, ofPartitions, ofWhom } from "#lib/client/resets/alike.ts";
import { fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";

const owned = (partitionId: number, ownerId: string) => ({
  partitionId: String(partitionId),
  reason: toWire(
    reason("partitionOwned", {
      ownerId,
      renewedSecondsAgo: partitionId,
      leasedBlob: null,
      expiresInSeconds: 9,
    }),
  ),
});
const told = (given: ReturnType<typeof owned>[]) => groupAlike(given).map(ofWhom);

it("tells partitions of different owners apart, so that no sentence names one owner for all", () => {
  const two = [owned(0, "a"), owned(1, "a"), owned(2, "b"), owned(3, "a")];
  expect(told(two)).toEqual(["Partitions 0, 1, 3 (details of 0)", "Partition 2"]);
});

it("tells them once where there are too many owners to name", () => {
  expect(told([0, 1, 2, 3, 4].map((id) => owned(id, `owner-${id}`)))).toEqual([
    "Partitions 0-4 (details of 0)",
  ]);
});

it("names partitions as ranges, and the first of them where those would be long", () => {
  const every = (count: number, step: number) => Array.from({ length: count }, (_, i) => String(i * step));
  expect(ofPartitions(["7"])).toBe("partition 7");
  expect(ofPartitions(["3", "0", "1", "2", "7"])).toBe("partitions 0-3, 7");
  expect(ofPartitions(every(14, 4))).toBe("partitions 0, 4 and 12 others");
  expect(ofPartitions([...every(3, 1), ...every(13, 4).map((id) => String(Number(id) + 10))])).toBe(
    "partitions 0-2, 10 and 12 others",
  );
});

const blob = (name: string) => `localhost/orders/billing/checkpoint/${name}`;

it("calls a clean-up's blobs blobs", () => {
  expect(ofPartitions([blob("31")])).toBe(`blob ${blob("31")}`);
  expect(ofPartitions([blob("31"), blob("$$$.$$$")])).toBe("2 blobs");
  const told = groupAlike([
    { partitionId: blob("31"), reason: wireText("Somebody owns it.") },
    { partitionId: blob("32"), reason: wireText("Somebody owns it.") },
  ]);
  expect(told.map(ofWhom)).toEqual(["2 blobs"]);
});

it("heads a clean-up's results in a shell as blobs", () => {
  const headOf = (partitionId: string) =>
    resultColumnsOf({ entries: [fixtureResetEntry({ partitionId })] })[0]?.title;
  expect([headOf("0"), headOf(blob("31"))]).toEqual(["PARTITION", "BLOB"]);
});
