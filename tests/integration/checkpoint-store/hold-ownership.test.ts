import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import { ownershipBesides, writeOwnership } from "#lib/checkpoint-store/hold-ownership.ts";
import { holdingOwnerId, resetHolding } from "#lib/core/holding-owner.ts";
import { azuriteForThisFile, storedBlobs } from "#tests/support/azurite.ts";

const storage = azuriteForThisFile();
const group = { fullyQualifiedNamespace: "localhost", eventHubName: "orders", consumerGroup: "billing" };
const blobName = "localhost/orders/billing/ownership/0";
const ownerId = holdingOwnerId(randomUUID(), "0", "0badcafe");

it("takes a partition from its owner, who then can't renew, and gives it back with its key in place", async () => {
  const container = await storage.newContainer();
  const store = new BlobCheckpointStore(container);
  const [owned] = await store.claimOwnership([{ ...group, partitionId: "0", ownerId: "processor" }]);
  if (owned?.etag === undefined) throw new Error("not claimed");

  const claim = await writeOwnership(container, { blobName, ownerId }, owned.etag);
  expect(claim).toMatchObject({ result: "held" });
  expect(await store.claimOwnership([owned])).toEqual([]);
  if (claim.result !== "held") throw new Error(claim.reason);

  const released = await writeOwnership(container, { blobName, ownerId: "" }, claim.etag);
  expect(released).toMatchObject({ result: "held" });
  expect(await storedBlobs(container)).toEqual({ [blobName]: { ownerid: "" } });
  const [listed] = await store.listOwnership("localhost", "orders", "billing");
  expect(listed?.ownerId).toBe("");
});

it("is refused and changes nothing when somebody was quicker", async () => {
  const container = await storage.newContainer();
  const first = await writeOwnership(container, { blobName, ownerId }, null);
  if (first.result !== "held") throw new Error(first.reason);
  const other = holdingOwnerId(randomUUID(), "0", "12345678");

  expect(await writeOwnership(container, { blobName, ownerId: other }, null)).toMatchObject({
    result: "lost",
  });
  await writeOwnership(container, { blobName, ownerId }, first.etag);
  expect(await writeOwnership(container, { blobName, ownerId: other }, first.etag)).toMatchObject({
    result: "lost",
  });
  expect(await storedBlobs(container)).toEqual({ [blobName]: { ownerid: ownerId } });
});

it("refuses to write as anybody but a reset, and without a condition", async () => {
  const container = await storage.newContainer();
  const invalid = { code: "invalidRequest" };
  await expect(writeOwnership(container, { blobName, ownerId: "processor" }, null)).rejects.toMatchObject(
    invalid,
  );
  await expect(writeOwnership(container, { blobName, ownerId }, "*")).rejects.toMatchObject(invalid);
  await expect(writeOwnership(container, { blobName, ownerId }, "")).rejects.toMatchObject(invalid);
  expect(await storedBlobs(container)).toEqual({});
});

it("knows its own owner ids, and where ownerships are stored beside checkpoints", () => {
  const resetId = randomUUID();
  expect(resetHolding(holdingOwnerId(resetId, "12", "0badcafe"))).toEqual({ resetId, partitionId: "12" });
  expect(resetHolding(randomUUID())).toBeNull();
  expect(resetHolding("tidemark-1")).toBeNull();
  expect(ownershipBesides("localhost/orders/billing/checkpoint/12", "12")).toBe(
    "localhost/orders/billing/ownership/12",
  );
});

it("signs blobs that it creates, and a processor that claims one writes only its own keys", async () => {
  const container = await storage.newContainer();
  const made = await writeOwnership(container, { blobName, ownerId, isMade: true }, null);
  if (made.result !== "held") throw new Error(made.reason);
  await writeOwnership(container, { blobName, ownerId: "", isMade: true }, made.etag);
  const signed = { ownerid: "", clientidentifier: "tidemark/ownership/made" };
  expect(await storedBlobs(container)).toEqual({ [blobName]: signed });

  const store = new BlobCheckpointStore(container);
  const [released] = await store.listOwnership("localhost", "orders", "billing");
  if (released === undefined) throw new Error("not listed");
  expect(await store.claimOwnership([{ ...released, ownerId: "processor" }])).toHaveLength(1);
  expect(await storedBlobs(container)).toEqual({ [blobName]: { ownerid: "processor" } });
});
