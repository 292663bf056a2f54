import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupPrefix, partitionBlobName } from "#lib/checkpoint-store/blob-names.ts";
import { commonFormat } from "#lib/checkpoint-store/formats/common.ts";
import type { StoreScope } from "#lib/checkpoint-store/formats/format.ts";
import { collectGroups } from "#lib/checkpoint-store/listing/collect-groups.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";

const hub: StoreScope = {
  fullyQualifiedNamespaces: ["ns", "alias"],
  eventHubName: "orders",
  otherEventHubNames: [],
  consumerGroup: null,
};
const blob = (name: string, metadata: Record<string, string> = {}): ListedBlob => ({
  name,
  metadata: new Map(Object.entries(metadata)),
  etag: "0x1",
  updatedAt: 1_000,
  size: 0,
  leased: false,
});
const read = (one: ListedBlob) => {
  const address = commonFormat.address(one.name, hub);
  return address === null ? null : (commonFormat.read(one, address, null)[0] ?? null);
};

it("reads back what the store writes, in any casing of the caller", () => {
  const word = fc.stringMatching(/^[A-Za-z$][A-Za-z0-9._-]{0,20}$/);
  const casing = fc.constantFrom("Orders", "ORDERS", "orders");
  fc.assert(
    fc.property(casing, word, fc.nat(2_000), (eventHubName, consumerGroup, partition) => {
      const address = { fullyQualifiedNamespace: "NS", eventHubName, consumerGroup };
      const name = partitionBlobName(address, "checkpoint", String(partition));
      const content = read(blob(name, { sequencenumber: "3", offset: "30" }));
      expect(content).toMatchObject({
        kind: "checkpoint",
        consumerGroup: consumerGroup.toLowerCase(),
        checkpoint: {
          partitionId: String(partition),
          sequenceNumber: 3,
          offset: "30",
          unreadable: null,
          blobName: name,
        },
      });
      expect(name.startsWith(commonFormat.roots(hub)[0]?.path ?? "nowhere")).toBe(true);
    }),
  );
});

it("never throws, and never takes a blob of another hub", () => {
  const names = fc.oneof(
    fc.string({ unit: "binary", maxLength: 1_024 }),
    fc
      .array(fc.oneof(fc.constantFrom("ns", "orders", "checkpoint", "ownership", "0", ""), fc.string()), {
        maxLength: 7,
      })
      .map((parts) => parts.join("/")),
  );
  const metadata = fc.dictionary(
    fc.oneof(
      fc.constantFrom("offset", "sequencenumber", "ownerid", "clientidentifier", "__proto__"),
      fc.string(),
    ),
    fc.string({ unit: "binary", maxLength: 3_000 }),
  );
  fc.assert(
    fc.property(names, metadata, (name, stored) => {
      const content = read(blob(name, stored));
      if (content === null) return;
      expect(name.toLowerCase()).toMatch(/^(ns|alias)\/orders\//);
      if (content.kind === "checkpoint") {
        const { sequenceNumber, unreadable, writtenBy } = content.checkpoint;
        expect(sequenceNumber === null).toBe(unreadable !== null);
        expect(writtenBy?.length ?? 0).toBeLessThanOrEqual(256);
      } else if (content.kind === "ownership")
        expect(content.ownership.ownerId?.length ?? 0).toBeLessThanOrEqual(256);
    }),
  );
});

it.each([
  "ns/orders/g/checkpoint",
  "ns/orders//checkpoint/0",
  "ns/orders/g/other/0",
  "ns/orders2/g/checkpoint/0",
  "ns2/orders/g/checkpoint/0",
])("leaves %j to other layouts", (name) => {
  expect(read(blob(name))).toBeNull();
});

describe("a misnamed blob in a folder that processors list", () => {
  const names = ["", "0/1", "a/b/c", "a\u0007b", "9".repeat(65)];
  const told = (blobName: string, partitionId: string) => ({
    kind: "misnamed",
    consumerGroup: "g",
    blob: { partitionId, blobName, etag: expect.any(String), updatedAt: expect.any(Number), sizeBytes: 0 },
  });

  it.each(names)("is reported when it lacks required parts: checkpoint/%j", (rest) => {
    const name = `ns/orders/g/checkpoint/${rest}`;
    for (const metadata of [{}, { offset: "1" }, { offset: "1", sequencenumber: "" }]) {
      expect(read(blob(name, metadata))).toEqual(told(name, rest));
    }
    expect(read(blob(name, { offset: "", sequencenumber: "1" }))).toBeNull();
  });

  it.each(names)("is reported when it lacks required parts: ownership/%j", (rest) => {
    const name = `ns/orders/g/ownership/${rest}`;
    expect(read(blob(name, {}))).toEqual(told(name, rest));
    expect(read(blob(name, { ownerid: "" }))).toBeNull();
  });

  it("is reported in its group, and makes no group alone", () => {
    const broken = (group: string) =>
      commonFormat.read(blob(`ns/orders/${group}/checkpoint/a/b`, {}), address(group), null);
    const address = (group: string) => {
      const found = commonFormat.address(`ns/orders/${group}/checkpoint/a/b`, hub);
      if (found === null) throw new Error("It is in the group's folder.");
      return found;
    };
    const whole = read(blob("ns/orders/G/checkpoint/0", { offset: "1", sequencenumber: "1" }));
    if (whole === null) throw new Error("It is a checkpoint.");
    const groups = collectGroups([...broken("g"), whole, ...broken("h")], 0);
    expect([...groups].map(([name, { misnamed }]) => [name, misnamed.map((one) => one.blobName)])).toEqual([
      ["g", ["ns/orders/g/checkpoint/a/b"]],
    ]);
    const many = Array.from({ length: 50 }, () => broken("g")).flat();
    const counted = (most?: number) => {
      const group = collectGroups([...many, whole], 0, most).get("g");
      return [group?.misnamed.length, group?.misnamedMore];
    };
    expect([counted(), counted(50), counted(49)]).toEqual([
      [20, 30],
      [50, undefined],
      [49, 1],
    ]);
  });
});

it("distinguishes a released ownership from one without the owner's key", () => {
  const owner = (metadata: Record<string, string>) => {
    const content = read(blob("ALIAS/Orders/g/Ownership/7", metadata));
    return content?.kind === "ownership" ? content.ownership.ownerId : "no ownership";
  };
  expect(owner({ ownerid: "host" })).toBe("host");
  expect(owner({ ownerid: "" })).toBe("");
  expect(owner({})).toBeNull();
});

it("lower-cases a group's folder, but not the partition id", () => {
  const address = { fullyQualifiedNamespace: "NS.x", eventHubName: "Orders", consumerGroup: "$Default" };
  expect(groupPrefix(address, "ownership")).toBe("ns.x/orders/$default/ownership/");
  expect(partitionBlobName(address, "ownership", "P1")).toBe("ns.x/orders/$default/ownership/P1");
});

it("leaves out an ownership that a reset made and released, until a processor claims it", () => {
  const path = "ns/orders/billing/ownership/0";
  const made = { clientidentifier: "tidemark/ownership/made" };
  expect(read(blob(path, { ownerid: "", ...made }))).toBeNull();
  expect(read(blob(path, { ownerid: "" }))).toMatchObject({ ownership: { ownerId: "" } });
  expect(read(blob(path, { ownerid: "held", ...made }))).toMatchObject({ ownership: { ownerId: "held" } });
  expect(read(blob(path, { ownerid: "", clientidentifier: "worker-1" }))).toMatchObject({
    ownership: { ownerId: "" },
  });
});
