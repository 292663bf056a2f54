import { expect, it } from "vitest";
import { allowedLagOf } from "#lib/server/config/allowed-lag.ts";
import { Faults } from "#lib/server/config/file/faults.ts";
import { resolveHub } from "#lib/server/config/resolve-hub.ts";
import { fileSchema } from "#lib/server/config/schema.ts";

function allowed(entry: object, group: string): number {
  const [hub] = fileSchema.parse({
    eventHubs: [
      {
        eventHubName: "orders",
        fullyQualifiedNamespace: "contoso.servicebus.windows.net",
        checkpointStores: [{ containerUrl: "https://contoso.blob.core.windows.net/checkpoints" }],
        ...entry,
      },
    ],
  }).eventHubs;
  const resolved = hub === undefined ? null : resolveHub(hub, "eventHubs[0]", new Faults()).config;
  if (resolved === null) throw new Error("not resolved");
  return allowedLagOf(resolved, group);
}

const settings = (...pairs: [consumerGroup: string, allowedLag?: number][]) => ({
  consumerGroupSettings: pairs.map(([consumerGroup, allowedLag]) => ({
    consumerGroup,
    ...(allowedLag === undefined ? {} : { allowedLag }),
  })),
});

it("is unset, the hub's, or that of the first setting that names the group", () => {
  expect(allowed({}, "billing")).toBe(0);
  expect(allowed({ allowedLag: 10 }, "billing")).toBe(10);
  const more = { allowedLag: 10, ...settings(["audit", 0], ["bill*", 500], ["billing", 7]) };
  expect(allowed(more, "billing")).toBe(500);
  expect(allowed(more, "Audit")).toBe(0);
  expect(allowed(more, "other")).toBe(10);
  expect(allowed(settings(["billing"], ["*", 3]), "billing")).toBe(3);
});

it.each([
  ["*", "anything", true],
  ["batch-*", "BATCH-1", true],
  ["batch-*", "batch-", true],
  ["batch-*", "my-batch-1", false],
  ["*-batch", "my-batch", true],
  ["*-batch", "my-batch-1", false],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "acb", false],
  ["ab*ba", "aba", false],
  ["$Default", "$default", true],
  ["bill.ng", "billing", false],
])("the pattern %s and the group %s: %s", (pattern, group, fits) => {
  expect(allowed(settings([pattern, 1]), group)).toBe(fits ? 1 : 0);
});

it.each([-1, 1.5, "10"])("%j is not a lag", (allowedLag) => {
  expect(() => allowed({ allowedLag }, "billing")).toThrow(/allowedLag/);
});
