import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { readLeaseCheckpoint } from "#lib/checkpoint-store/leases/lease-checkpoint.ts";
import { withoutRetries } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { runOffline } from "#lib/reset/apply/run-offline.ts";
import { newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { type FaultyProxy, startFaultyProxy } from "#tests/support/proxies/faulty-proxy.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { begun, containerAt, placeOf, runToEnd } from "#tests/support/worlds/reset-world.ts";

const group = "$Default";
const blobOf = (id: string) => `${localNamespace}/orders/${group}/${id}`;
const bodyOf = (id: string, position: string) =>
  `{ ${position}, "PartitionId":"${id}", "Owner":"host-1", "Token":"", "Epoch":98765432109876543210, "Custom":{"Offset":"x"} }`;
const old = '"Offset":"3200", "SequenceNumber":50';

let world: LocalWorld;
let proxy: FaultyProxy;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 4 }]);
  proxy = await startFaultyProxy(world.azurite.port);
  for (const id of ["0", "1", "2", "3"]) world.enqueue("orders", id, 100);
});
afterAll(async () => {
  await proxy?.stop();
  await world?.stop();
});
beforeEach(async () => {
  proxy.fate = () => "pass";
  for (const id of ["0", "1", "2", "3"]) await put(id, bodyOf(id, old));
});

async function put(id: string, body: string): Promise<void> {
  const metadata = { OWNINGHOST: "host-1" };
  await world.container.getBlockBlobClient(blobOf(id)).upload(body, body.length, { metadata });
}

async function apply(ids: readonly string[], before?: () => Promise<unknown>) {
  const history = await openHistory(await newDatabase("sqlite"));
  const writes = await Promise.all(
    ids.map(async (partitionId): Promise<PlannedWrite> => {
      const blobName = blobOf(partitionId);
      const etag = (await readLeaseCheckpoint(world.container, blobName))?.etag ?? null;
      return { partitionId, blobName, format: "functions", etag, sequenceNumber: 9, offset: "576" };
    }),
  );
  const reset = await begun(history, world, group, writes);
  await before?.();
  const place = placeOf(world, group, { container: withoutRetries(containerAt(world, proxy.port)) });
  return runToEnd(history, reset, place, runOffline);
}

const text = async (id: string) => (await readLeaseCheckpoint(world.container, blobOf(id)))?.text;

it("rewrites the position in the body and keeps every other character", async () => {
  const { results, record } = await apply(["0", "1"]);
  expect(results).toEqual({ 0: "written", 1: "written" });
  expect(await text("0")).toBe(bodyOf("0", '"Offset":"576", "SequenceNumber":9'));
  expect(record.entries[0]).toMatchObject({
    before: { body: bodyOf("0", old), sequenceNumber: 50, offset: "3200" },
    lastOwnerId: "host-1",
    after: { sequenceNumber: 9, offset: "576" },
  });
  expect(Object.values(record.entries[0]?.before?.metadata ?? {})).toEqual(["host-1"]);
});

it("leaves alone what is leased, moved or missing", async () => {
  await world.container.deleteBlob(blobOf("2"));
  const lease = world.container.getBlobClient(blobOf("0")).getBlobLeaseClient();
  const { results, record } = await apply(["0", "1", "2", "3"], async () => {
    await lease.acquireLease(60);
    await put("1", bodyOf("1", '"Offset":"3264", "SequenceNumber":51'));
  });
  await lease.releaseLease();
  expect(results).toEqual({ 0: "conflict", 1: "conflict", 2: "failed", 3: "written" });
  expect(record.entries[0]?.reason).toEqual(like("blobLeased"));
  expect(record.entries[2]?.reason).toEqual(
    like("nothingWritten", { because: like("failure", { errorCode: "invalidRequest" }) }),
  );
  expect(await text("0")).toBe(bodyOf("0", old));
});

it("recognises its own write when the answer was lost, and another's when it was not", async () => {
  const lost = new Set<string>();
  proxy.fate = async ({ method, url = "" }) => {
    const id = url.match(/Default\/(\d)/)?.[1] ?? "";
    if (method !== "PUT" || lost.has(id)) return "pass";
    lost.add(id);
    if (id === "1") await put("1", bodyOf("1", '"Offset":"3264", "SequenceNumber":51'));
    return id === "0" ? "dropAnswer" : "pass";
  };
  const { results } = await apply(["0", "1"]);
  expect(results).toEqual({ 0: "written", 1: "conflict" });
  expect(await text("0")).toContain('"SequenceNumber":9');
  expect(await text("1")).toContain('"SequenceNumber":51');
});

it("waits until a body that is to be replaced, or that tells of a lost answer, can be read", async () => {
  const reads: Record<string, number> = {};
  let wasWritten = false;
  proxy.fate = ({ method, url = "" }) => {
    const id = url.match(/Default\/([01])/)?.[1] ?? "";
    if (method === "PUT") {
      wasWritten = true;
      return id === "0" ? "dropAnswer" : "pass";
    }
    if (method !== "GET" || id === "") return "pass";
    const read = `${id} ${wasWritten ? "after" : "before"}`;
    reads[read] = (reads[read] ?? 0) + 1;
    return reads[read] <= 2 ? { status: 503 } : "pass";
  };
  const { results } = await apply(["0", "1"]);
  expect(results).toEqual({ 0: "written", 1: "written" });
  expect(reads).toEqual({ "0 before": 3, "1 before": 3, "0 after": 3 });
});
