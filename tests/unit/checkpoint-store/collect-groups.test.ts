import fc from "fast-check";
import { expect, it } from "vitest";
import type { BlobContent } from "#lib/checkpoint-store/formats/format.ts";
import { collectGroups } from "#lib/checkpoint-store/listing/collect-groups.ts";

const checkpoint = (
  consumerGroup: string,
  partitionId: string,
  updatedAt: number,
  sequenceNumber: number | null = 1,
): BlobContent => ({
  kind: "checkpoint",
  consumerGroup,
  checkpoint: {
    partitionId,
    blobName: `${consumerGroup}/checkpoint/${partitionId}`,
    etag: "0x1",
    updatedAt,
    format: "common",
    sequenceNumber,
    offset: "1",
    writtenBy: null,
    unreadable: sequenceNumber === null ? "it has no sequence number" : null,
  },
});

const ownership = (consumerGroup: string, lastRenewedAt: number): BlobContent => ({
  kind: "ownership",
  consumerGroup,
  ownership: {
    partitionId: "0",
    blobName: `${consumerGroup}/ownership/0`,
    etag: "0x1",
    lastRenewedAt,
    ownerId: consumerGroup,
  },
});

it("counts a partition's newest checkpoint and keeps the rest, in any order of the listing", () => {
  const contents = fc.array(
    fc
      .record({
        group: fc.constantFrom("billing", "Billing", "BILLING", "audit"),
        partitionId: fc.constantFrom("0", "1"),
        updatedAt: fc.integer({ min: 1, max: 3 }),
        sequenceNumber: fc.option(fc.nat(5)),
      })
      .map((one) => checkpoint(one.group, one.partitionId, one.updatedAt, one.sequenceNumber)),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(contents, (listed) => {
      const unique = [
        ...new Map(
          listed.map((one) => [one.kind === "checkpoint" ? one.checkpoint.blobName : "", one]),
        ).values(),
      ];
      const groups = collectGroups(unique, 10);
      const reversed = collectGroups(unique.toReversed(), 10);
      let total = 0;
      for (const [key, group] of groups) {
        expect(key).toBe(group.name.toLowerCase());
        expect(reversed.get(key)?.name).toBe(group.name);
        expect(new Map(reversed.get(key)?.checkpoints)).toEqual(group.checkpoints);
        total += group.checkpoints.size + group.superseded.length;
        for (const older of group.superseded) {
          expect(older.updatedAt).toBeLessThanOrEqual(
            group.checkpoints.get(older.partitionId)?.updatedAt ?? 0,
          );
        }
      }
      expect(total).toBe(unique.length);
    }),
  );
});

it("prefers the usable one of two checkpoints from the same second", () => {
  const group = collectGroups([checkpoint("g", "0", 5, 7), checkpoint("G", "0", 5, null)], 10).get("g");
  expect(group?.checkpoints.get("0")?.sequenceNumber).toBe(7);
  expect(group?.superseded).toHaveLength(1);
});

it("counts the newest owner and keeps all others", () => {
  for (const contents of [
    [ownership("g", 1), ownership("G", 2)],
    [ownership("G", 2), ownership("g", 1)],
  ]) {
    const group = collectGroups(contents, 10).get("g");
    expect(group?.ownerships.get("0")?.ownerId).toBe("G");
    expect(group?.otherOwnerships.map(({ ownerId }) => ownerId)).toEqual(["g"]);
  }
});

it("names a group as somebody typed it, and $default as $Default", () => {
  const groups = collectGroups(
    [ownership("billing", 2), ownership("Billing", 1), ownership("$DEFAULT", 1)],
    10,
  );
  expect([...groups].map(([key, group]) => [key, group.name])).toEqual([
    ["billing", "Billing"],
    ["$default", "$Default"],
  ]);
});
