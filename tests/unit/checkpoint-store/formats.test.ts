import { describe, expect, it } from "vitest";
import type { StoreScope } from "#lib/checkpoint-store/formats/format.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { hasNoPosition } from "#lib/lag/checkpoint-position.ts";
import { readWild } from "#tests/support/fixtures/blobs/read-wild.ts";
import { type WildBlob, wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { noon } from "#tests/support/fixtures/sources.ts";

const where = { namespace: "Contoso.servicebus.windows.net", eventHub: "Orders", group: "Billing" };
const scope: StoreScope = {
  fullyQualifiedNamespaces: ["contoso.servicebus.windows.net"],
  eventHubName: "orders",
  otherEventHubNames: ["orders", "orders-eu"],
  consumerGroup: null,
};
const owned = { partitionId: "3", sequenceNumber: 45, offset: "2880", owner: "host-1", leased: true };
const free = { partitionId: "4", sequenceNumber: 12, owner: "", leased: false };
const unread = { partitionId: "5", sequenceNumber: null };

type Build = (at: Parameters<typeof wild.go3>[1]) => WildBlob;
const layouts: [string, "functions" | "eph" | "go3" | "dapr", Build, StoreScope][] = [
  ["Functions before extension 5", "functions", (at) => wild.functions(where, at), scope],
  [".NET EventProcessorHost", "eph", (at) => wild.dotnetHost("Billing", at), scope],
  ["Java EventProcessorHost", "eph", (at) => wild.javaHost("Billing", at), scope],
  ["Python EventProcessorHost", "eph", (at) => wild.pythonHost("Billing", at), scope],
  ["Go 3", "go3", (at) => wild.go3("", at), { ...scope, consumerGroup: "Billing" }],
  ["early Dapr", "dapr", (at) => wild.dapr(where, at), scope],
];

describe.each(layouts)("%s", (_, format, build, ofStore) => {
  const { groups } = readWild([build(owned), build(free), build(unread)], ofStore);
  const group = groups.get("billing");

  it("is read with position, owner, format and group", () => {
    expect(group).toMatchObject({ name: "Billing", formats: [format] });
    expect(group?.checkpoints.get("3")).toMatchObject({
      sequenceNumber: 45,
      offset: "2880",
      format,
      unreadable: null,
      blobName: build(owned).name,
    });
    expect(group?.ownerships.get("3")).toMatchObject({ ownerId: "host-1", leased: true });
    expect(group?.ownerships.get("4")).toMatchObject({ ownerId: "", leased: false });
  });

  it("has no position before anything was read", () => {
    const checkpoint = group?.checkpoints.get("5") as StoredCheckpoint;
    expect(checkpoint.unreadable).toBeNull();
    expect(hasNoPosition(checkpoint)).toBe(true);
  });

  it("drops characters of an owner's name that JSON allows and databases refuse", () => {
    const { groups: read } = readWild([build({ ...owned, owner: "ho\u0000st\n-1" })], ofStore);
    expect(read.get("billing")?.ownerships.get("3")).toMatchObject({ ownerId: "host-1" });
  });

  it("keeps the owner of a blob with broken content, and says what is broken", () => {
    const broken = { ...build(owned), body: "{", metadata: { OwningHost: "host-2" } };
    const told = readWild([broken], ofStore).groups.get("billing");
    expect(told?.checkpoints.get("3")).toMatchObject({
      sequenceNumber: null,
      unreadable: "its content is not JSON",
    });
    expect(told?.ownerships.get("3")).toMatchObject({ ownerId: "host-2", leased: true });
  });
});

it.each([
  ["", "it is empty"],
  ["[]", "its content is not a JSON object"],
  ["null", "its content is not a JSON object"],
  ['{"a":1}', "its content holds nothing of a lease"],
  ['{"Offset":"1","SequenceNumber":1.5}', 'its sequence number "1.5" is not an integer'],
  ['{"Offset":"1","SequenceNumber":9007199254740993}', "is out of range"],
  ['{"Offset":"1","SequenceNumber":1e400}', "is not an integer"],
  ['{"Offset":"1","SequenceNumber":"9007199254740993"}', "is out of range"],
  ['{"Offset":"1","SequenceNumber":-5}', "is negative"],
  ['{"Offset":"1","SequenceNumber":{"a":1}}', "is not an integer"],
  ['{"Offset":"1","PartitionId":"0"}', "it has an offset but no sequence number"],
  ['{"Offset":"1","SequenceNumber":1,"PartitionId":"9"}', 'its content is of partition "9"'],
])("tells what is wrong with %s", (body, fault) => {
  const { groups } = readWild([{ name: "g/0", body, metadata: {}, leased: false }], scope, ["eph"]);
  const checkpoint = groups.get("g")?.checkpoints.get("0");
  expect(checkpoint?.sequenceNumber).toBeNull();
  expect(checkpoint?.unreadable).toContain(fault);
});

it("reads field names in any casing", () => {
  const body = '{"OFFSET":7,"Sequence_Number":"3","OWNER":"h","partitionid":0}';
  const { groups } = readWild([{ name: "g/0", body, metadata: {}, leased: true }], scope, ["eph"]);
  expect(groups.get("g")?.checkpoints.get("0")).toMatchObject({ sequenceNumber: 3, offset: "7" });
});

it("ignores blobs of other hubs, and blobs that the configuration does not place here", () => {
  const none = (name: string, over: Partial<StoreScope> = {}, formats?: Parameters<typeof readWild>[2]) =>
    expect(
      readWild([{ ...wild.go3("", owned), name }], { ...scope, ...over }, formats).contents,
      name,
    ).toEqual([]);
  none("3"); // Go's layout without a configured group.
  none("dapr-orders-eu-g-0"); // Belongs to the hub orders-eu, which is known too.
  none("dapr-orders-0");
  none("dapr-other-g-0");
  none("g/0", { consumerGroup: "other" });
  none("g/0", {}, ["common", "functions", "dapr"]);
  none("g/x");
  none("g/007");
  none("g/0/1");
  none("contoso.servicebus.windows.net/other/g/0");
  none("else.servicebus.windows.net/orders/g/0");
});

it("reads the Functions' escapes of odd characters", () => {
  const odd = { ...scope, eventHubName: "a+b" };
  const { groups } = readWild(
    [{ ...wild.functions(where, owned), name: "contoso.servicebus.windows.net/a:2Bb/g/3" }],
    odd,
  );
  expect([...groups.keys()]).toEqual(["g"]);
});

describe("Functions across extension 5", () => {
  const common = (partitionId: string, sequenceNumber: number) =>
    wild.common(where, { partitionId, sequenceNumber }).map((blob) => ({ ...blob, updatedAt: noon }));

  it("uses the older JSON per partition, and the newest if both exist", () => {
    const { groups } = readWild(
      [
        ...common("0", 50),
        { ...wild.functions(where, { partitionId: "0", sequenceNumber: 20 }), updatedAt: noon - 1 },
        { ...wild.functions(where, { partitionId: "1", sequenceNumber: 21 }), updatedAt: noon - 1 },
        ...common("2", 52).map((blob) => ({ ...blob, updatedAt: noon - 5 })),
        { ...wild.functions(where, { partitionId: "2", sequenceNumber: 60 }), updatedAt: noon },
      ],
      scope,
      ["functions"],
    );
    const group = groups.get("billing");
    expect(group?.formats).toEqual(["common", "functions"]);
    const counted = ["0", "1", "2"].map((id) => group?.checkpoints.get(id));
    expect(counted.map((one) => [one?.sequenceNumber, one?.format])).toEqual([
      [50, "common"],
      [21, "functions"],
      [60, "functions"],
    ]);
    expect(group?.superseded.map((one) => one.sequenceNumber)).toEqual([20, 52]);
  });

  it("never takes a lease from before the first reading for a checkpoint", () => {
    const made = wild.functions(where, { partitionId: "0", sequenceNumber: null });
    const { groups } = readWild([...common("0", 50), { ...made, updatedAt: noon + 60_000 }], scope);
    expect(groups.get("billing")?.checkpoints.get("0")?.sequenceNumber).toBe(50);
  });

  it("counts the owner that is alive", () => {
    const [, old] = wild.common(where, { ...owned, owner: "gone" });
    const lease = wild.functions(where, owned);
    if (old === undefined) throw new Error("There is an ownership.");
    const ownerAt = (blobs: Parameters<typeof readWild>[0]) =>
      readWild(blobs, scope).groups.get("billing")?.ownerships.get("3")?.ownerId;
    const hours = 3_600_000;
    expect(
      ownerAt([
        { ...old, updatedAt: noon - hours },
        { ...lease, updatedAt: noon - 2 * hours },
      ]),
    ).toBe("host-1");
    expect(
      ownerAt([
        { ...old, updatedAt: noon - 5_000 },
        { ...lease, updatedAt: noon - 2 * hours },
      ]),
    ).toBe("gone");
    expect(
      ownerAt([
        { ...old, updatedAt: noon - hours },
        { ...lease, updatedAt: noon, leased: false },
      ]),
    ).toBe("gone");
  });
});
