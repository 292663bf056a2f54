import fc from "fast-check";
import { expect, it } from "vitest";
import { packed, unpacked } from "#lib/client/http/packed.ts";

const through = (value: unknown) => unpacked(JSON.parse(JSON.stringify(packed(value))));

it("gives back any JSON", () => {
  const key = fc.constantFrom("a", "b", "at", "$rows", "$same", "$null", "__proto__x");
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(null, true, 0, 1.5, "", "a", "2026-11-29T08:00:00.000Z", "2026-11-29T08:00:01.000Z"),
      fc.string({ maxLength: 6 }),
      fc.array(tie("value"), { maxLength: 7 }),
      fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      fc.array(fc.dictionary(key, tie("value"), { maxKeys: 3 }), { minLength: 4, maxLength: 8 }),
    ),
  }));
  fc.assert(
    fc.property(value, (one) => {
      expect(through(one)).toEqual(one);
    }),
    { numRuns: 500 },
  );
});

it("tells a key that a row lacks from one that is null or undefined", () => {
  const rows = [{ a: 1 }, { a: null }, {}, { a: 2 }, { b: 1 }];
  expect(through(rows)).toStrictEqual(rows);
  const open = [{ a: undefined }, { a: undefined }, { a: undefined }, {}, { a: 1 }];
  expect(unpacked(packed(open))).toStrictEqual(open);
});

it("writes a partition in a fraction of its JSON", () => {
  const partitions = Array.from({ length: 1_024 }, (_, index) => ({
    partitionId: String(index),
    lag: (index * 7_919) % 1_000,
    lagState: "ok",
    reason: null,
    checkpoint:
      index % 10 === 0
        ? null
        : {
            sequenceNumber: index * 31,
            offset: String(index * 64),
            updatedAt: new Date(1_796_000_000_000 + index * 997).toISOString(),
            blobName: `contoso.servicebus.windows.net/orders/billing/checkpoint/${index}`,
          },
    otherCheckpoints: [],
    owner: { ownerId: `6b1c1f0e-7f6d-4f3a-9d5e-${index % 16}`, state: "active" },
  }));
  const plain = JSON.stringify(partitions).length;
  expect(JSON.stringify(packed(partitions)).length / plain).toBeLessThan(0.25);
  expect(through(partitions)).toEqual(partitions);
});
