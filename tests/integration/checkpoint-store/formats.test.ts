import type { ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import type { StoreReaderOptions } from "#lib/checkpoint-store/store-scope.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import { azuriteForThisFile } from "#tests/support/azurite.ts";
import { brokenBlobs, strayBlobs } from "#tests/support/fixtures/blobs/broken-blobs.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { type WildBlob, wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";

const storage = azuriteForThisFile();
const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "Orders" };
const where = { namespace: hub.fullyQualifiedNamespace, eventHub: "Orders", group: "Billing" };
const owned = { partitionId: "0", sequenceNumber: 45, owner: "host-1", leased: true };
const free = { partitionId: "1", sequenceNumber: 12 };
const unread = { partitionId: "2", sequenceNumber: null };

let container: ContainerClient;
beforeEach(async () => {
  container = await storage.newContainer();
});

const told = (reading: StoreReading, name = "billing") => {
  const group = reading.groups.get(name);
  return {
    formats: group?.formats,
    checkpoints: [...(group?.checkpoints.values() ?? [])].map((one) => [
      one.partitionId,
      one.sequenceNumber,
      one.offset,
      one.unreadable,
    ]),
    owners: [...(group?.ownerships.values() ?? [])].map((one) => [one.partitionId, one.ownerId, one.leased]),
  };
};

type Build = (at: Parameters<typeof wild.go3>[1]) => WildBlob;
const layouts: [string, Build, Partial<StoreReaderOptions>, string][] = [
  ["Azure Functions before extension 5", (at) => wild.functions(where, at), {}, "functions"],
  [".NET EventProcessorHost", (at) => wild.dotnetHost("Billing", at), { formats: ["eph"] }, "eph"],
  [
    "Java EventProcessorHost under a prefix",
    (at) => wild.javaHost("java-Billing", at),
    { formats: ["eph"], prefix: "java-", consumerGroup: "Billing" },
    "eph",
  ],
  [
    "Python EventProcessorHost under a prefix",
    (at) => wild.pythonHost("hosts/py/Billing", at),
    { formats: ["eph"], prefix: "hosts/py/" },
    "eph",
  ],
  [
    "Go 3 under a prefix",
    (at) => wild.go3("go/", at),
    { formats: ["go3"], prefix: "go/", consumerGroup: "Billing" },
    "go3",
  ],
  ["Go 3 without one", (at) => wild.go3("", at), { formats: ["go3"], consumerGroup: "Billing" }, "go3"],
  ["early Dapr", (at) => wild.dapr(where, at), {}, "dapr"],
];

describe.each(layouts)("%s in a container of its own", (_, build, options, format) => {
  it("is read exactly, and costs one listing and no body when nothing changes", async () => {
    await putWild(container, [build(owned), build(free), build(unread)]);
    const reader = createStoreReader(container, { ...hub, ...options });
    const first = await reader.read();
    const truth = {
      formats: [format],
      checkpoints: [
        ["0", 45, "2880", null],
        ["1", 12, "768", null],
        ["2", format === "go3" || format === "dapr" ? null : 0, null, null],
      ],
      owners: [
        ["0", "host-1", true],
        ["1", "", false],
        ["2", "", false],
      ],
    };
    expect([...first.groups.keys()]).toEqual(["billing"]);
    expect(told(first)).toEqual(truth);
    expect(first.bodyReads).toBe(3);
    const second = await reader.read();
    expect(told(second)).toEqual(truth);
    // The common format's own folder is listed, too, when that layout is configured.
    expect([second.listings, second.bodyReads]).toEqual([format === "dapr" ? 2 : 1, 0]);

    await putWild(container, [build({ ...free, sequenceNumber: 13 })]);
    const third = await reader.read();
    expect(third.groups.get("billing")?.checkpoints.get("1")?.sequenceNumber).toBe(13);
    expect(third.bodyReads).toBe(1);
  });
});

describe("all of them in one container, among thirty kinds of broken blobs", () => {
  const common = { ...where, group: "Modern" };
  const { torn, frayed } = brokenBlobs(where.namespace, "orders");
  const strays = strayBlobs(where.namespace, "orders");
  const good = [
    ...wild.common(common, { ...owned, sequenceNumber: 77 }),
    ...wild.common({ ...where, group: "Typed" }, free, false),
    wild.functions({ ...where, group: "Fx" }, owned),
    wild.dapr({ ...where, group: "mesh-a" }, owned),
    wild.dotnetHost("eph/host", owned),
    wild.pythonHost("eph/host", free),
    wild.go3("go/", owned),
    {
      name: `${where.namespace}/orders/torn/ownership/0`,
      body: "",
      metadata: { note: "no owner" },
      leased: false,
    },
  ];

  it("tells each as it is, and none hides another", async () => {
    expect(torn.length + frayed.length).toBeGreaterThanOrEqual(30);
    await putWild(container, [...good, ...strays, ...[...torn, ...frayed].map(({ blob }) => blob)]);
    const reader = createStoreReader(container, hub);
    const reading = await reader.read();
    expect([...reading.groups.values()].map(({ name, formats }) => [name, formats]).sort()).toEqual([
      ["Fx", ["functions"]],
      ["Typed", ["common"]],
      ["frayed", ["functions"]],
      ["mesh-a", ["dapr"]],
      ["modern", ["common"]],
      ["torn", ["common"]],
    ]);
    expect(told(reading, "modern").checkpoints).toEqual([["0", 77, "4928", null]]);
    expect(told(reading, "fx").owners).toEqual([["0", "host-1", true]]);
    expect(told(reading, "mesh-a").checkpoints).toEqual([["0", 45, "2880", null]]);
    for (const [name, broken] of [
      ["torn", torn],
      ["frayed", frayed],
    ] as const) {
      const checkpoints = reading.groups.get(name)?.checkpoints;
      expect(checkpoints?.size).toBe(broken.length);
      for (const { kind, partitionId, told: sentence, sequenceNumber } of broken) {
        const one = checkpoints?.get(partitionId);
        expect(one?.sequenceNumber, kind).toBe(sequenceNumber);
        if (sentence === null) expect(one?.unreadable, kind).toBeNull();
        else expect(one?.unreadable, kind).toContain(sentence);
      }
    }
    expect(reading.groups.get("torn")?.ownerships.get("0")?.ownerId).toBeNull();
    expect(reading.strayBlobs).toBe(7);

    const again = await reader.read();
    // The lower-cased tree, the typed one, and Dapr's names in either casing.
    expect([again.listings, again.bodyReads]).toEqual([4, 0]);
  });

  it("shows layouts that name no hub or group when the configuration names their owner", async () => {
    await putWild(container, [...good, ...strays]);
    const eph = await createStoreReader(container, { ...hub, prefix: "eph/", formats: ["eph"] }).read();
    expect([...eph.groups.keys()]).toEqual(["host"]);
    expect(told(eph, "host").checkpoints).toEqual([
      ["0", 45, "2880", null],
      ["1", 12, "768", null],
    ]);
    const go = { ...hub, prefix: "go/", formats: ["go3" as const], consumerGroup: "archive" };
    const reading = await createStoreReader(container, go).read();
    expect([...reading.groups.keys()]).toEqual(["archive"]);
    expect(told(reading, "archive").owners).toEqual([["0", "host-1", true]]);
  });
});
