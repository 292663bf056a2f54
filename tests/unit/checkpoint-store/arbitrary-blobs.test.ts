import fc from "fast-check";
import { expect, it } from "vitest";
import type { StoreScope } from "#lib/checkpoint-store/formats/format.ts";
import { partitionLag } from "#lib/lag/partition-lag.ts";
import { readWild } from "#tests/support/fixtures/blobs/read-wild.ts";
import { noon, properties } from "#tests/support/fixtures/sources.ts";

const scope: StoreScope = {
  fullyQualifiedNamespaces: ["ns"],
  eventHubName: "hub",
  otherEventHubNames: [],
  consumerGroup: "g",
};

const names = fc.oneof(
  fc.constantFrom("0", "g/0", "ns/hub/g/0", "NS/Hub/G/Checkpoint/0", "ns/hub/g/ownership/0", "dapr-hub-g-0"),
  fc
    .array(fc.oneof(fc.constantFrom("ns", "hub", "g", "checkpoint", "ownership", "0", ""), fc.string()), {
      maxLength: 6,
    })
    .map((parts) => parts.join("/")),
);
const value = fc.oneof(
  fc.constantFrom("", "-1", "no offset", "@latest", "9007199254740993", "1e3", "0x10", " 7 ", "NaN", "５"),
  fc.string({ unit: "binary", maxLength: 2_000 }),
  fc.bigInt().map(String),
);
const metadata = fc.dictionary(
  fc.oneof(
    fc.constantFrom("offset", "SequenceNumber", "ownerid", "clientidentifier", "OWNINGHOST", "__proto__"),
    fc.string(),
  ),
  value,
);
const field = fc.constantFrom(
  "offset",
  "SequenceNumber",
  "sequence_number",
  "owner",
  "partitionId",
  "token",
  "checkpoint",
  "__proto__",
  "constructor",
);
const jsonValue = fc.oneof(fc.jsonValue(), value, fc.double(), fc.maxSafeInteger());
const body = fc.oneof(
  fc
    .dictionary(field, fc.oneof(jsonValue, fc.dictionary(field, jsonValue)))
    .map((one) => JSON.stringify(one)),
  fc.json(),
  fc.string({ unit: "binary", maxLength: 500 }),
  fc.nat(40_000).map((depth) => "[".repeat(depth)),
);
const blobs = fc.array(fc.record({ name: names, metadata, body, leased: fc.boolean() }), { maxLength: 4 });

it("never throws or makes unsafe numbers, endless texts or a wrong lag from arbitrary blobs", () => {
  fc.assert(
    fc.property(blobs, (written) => {
      const { groups } = readWild(written, scope);
      for (const group of groups.values()) {
        for (const checkpoint of [...group.checkpoints.values(), ...group.superseded]) {
          const { sequenceNumber, offset, unreadable, writtenBy, partitionId } = checkpoint;
          if (sequenceNumber !== null) expect(Number.isSafeInteger(sequenceNumber)).toBe(true);
          if (unreadable !== null) expect(sequenceNumber).toBeNull();
          expect(offset?.length ?? 0).toBeLessThanOrEqual(1_024);
          expect(writtenBy?.length ?? 0).toBeLessThanOrEqual(256);
          expect(unreadable?.length ?? 0).toBeLessThanOrEqual(400);
          expect(partitionId.length).toBeLessThanOrEqual(64);
          const { lag, lagState } = partitionLag({
            partition: properties("0", { lastEnqueuedSequenceNumber: 999 }),
            checkpoint,
            hubCreatedOn: noon - 86_400_000,
          });
          if (sequenceNumber === null) expect(lag === null || lagState === "noCheckpoint").toBe(true);
          if (lag !== null)
            expect(lag).toSatisfy((it: number) => Number.isSafeInteger(it) && it >= 0 && it <= 1_000);
        }
        for (const { ownerId } of group.ownerships.values())
          expect(ownerId?.length ?? 0).toBeLessThanOrEqual(256);
      }
    }),
    { numRuns: 2_000 },
  );
});
