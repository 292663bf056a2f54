import fc from "fast-check";
import { expect, it } from "vitest";
import { readSnapshot, writeSnapshot } from "#lib/history/sharing/snapshot-text.ts";

it("shares any snapshot as JSON that is read group by group, or whole by an earlier version", async () => {
  const text = fc.oneof(fc.string(), fc.constantFrom(',"groups":[\n', ",\n", "\n]}", '"},\n{"'));
  const group = fc.record({ name: text, notes: fc.array(text), lag: fc.option(fc.nat()) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(group, { maxLength: 5 }),
      fc.dictionary(
        text.filter((key) => key !== "__proto__" && key !== "groups" && key !== "version"),
        text,
      ),
      async (groups, rest) => {
        const written = await writeSnapshot({ ...rest, groups });
        expect(await readSnapshot(written)).toEqual({ ...rest, groups });
        expect(JSON.parse(written)).toEqual({ ...rest, groups, version: 1 });
        expect(await readSnapshot(JSON.stringify({ ...rest, groups }))).toEqual({ ...rest, groups });
      },
    ),
  );
});

it("lets others run between the groups of a large hub", async () => {
  const partitions = Array.from({ length: 1_000 }, (_, index) => ({
    partitionId: String(index),
    blobName: `contoso.servicebus.windows.net/orders/billing/checkpoint/${index}`,
    reasons: Array.from({ length: 10 }, (_each, n) => ({ code: `code-${n}`, params: { index } })),
  }));
  const snapshot = { groups: Array.from({ length: 12 }, (_, index) => ({ name: `g${index}`, partitions })) };
  let others = 0;
  let isOver = false;
  const run = () => {
    others += 1;
    if (!isOver) setImmediate(run);
  };
  setImmediate(run);
  const text = await writeSnapshot(snapshot);
  const whileWriting = others;
  expect(await readSnapshot(text)).toEqual(snapshot);
  isOver = true;
  expect(whileWriting).toBeGreaterThan(1);
  expect(others - whileWriting).toBeGreaterThan(1);
});
