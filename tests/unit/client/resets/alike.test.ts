import { expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { groupAlike, ofPartitions, ofWhom } from "#lib/client/resets/alike.ts";

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
