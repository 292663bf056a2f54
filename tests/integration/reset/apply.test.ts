import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import { runOffline } from "#lib/reset/apply/run-offline.ts";
import { putBlob, storedBlobs } from "#tests/support/azurite.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { type Fate, isCheckpointWrite } from "#tests/support/proxies/faulty-proxy.ts";
import {
  apply,
  blobOf,
  group,
  openSqlite,
  partitionIds,
  proxy,
  standing,
  world,
} from "#tests/support/worlds/applied-world.ts";
import { begun, containerAt, placeOf, plannedNow, runToEnd } from "#tests/support/worlds/reset-world.ts";

describe("applying a reset", () => {
  it("writes each partition under its own identifier, after storing what it replaces", async () => {
    await world.own("orders", group, "2", "");
    const { outcome, record } = await apply(9);
    expect(outcome).toEqual({ state: "done", reason: null, watchSeconds: 180 });
    for (const { partitionId, result, before, lastOwnerId, after, reason: why } of record.entries) {
      expect(await standing(partitionId)).toEqual({
        sequencenumber: "9",
        offset: "576",
        clientidentifier: `tidemark/${record.id}/${partitionId}`,
      });
      const old = 50 + Number(partitionId);
      expect({ result, why }).toEqual({ result: "written", why: null });
      expect(before).toMatchObject({
        sequenceNumber: old,
        offset: String(old * 64),
        metadata: { sequencenumber: String(old), offset: String(old * 64) },
      });
      expect(lastOwnerId).toBeNull();
      expect(after).toMatchObject({ sequenceNumber: 9, offset: "576" });
    }
  });

  it("gives a checkpoint to a partition that has none, and deletes or owns nothing", async () => {
    await world.container.deleteBlob(blobOf("3"));
    const names = Object.keys(await storedBlobs(world.container));
    const { results, record } = await apply(-1);
    expect(results).toEqual({ 0: "written", 1: "written", 2: "written", 3: "written" });
    expect(record.entries[3]).toMatchObject({ before: null, after: { sequenceNumber: -1, offset: "-1" } });
    expect(Object.keys(await storedBlobs(world.container)).sort()).toEqual([...names, blobOf("3")].sort());
  });

  it("leaves alone what moved between review and apply, and names it", async () => {
    const { results, record } = await apply(9, {
      before: async () => {
        await world.checkpoint("orders", group, "0", 60);
        await world.own("orders", group, "1", "processor-1");
        await world.container.deleteBlob(blobOf("2"));
      },
    });
    expect(results).toEqual({ 0: "conflict", 1: "conflict", 2: "conflict", 3: "written" });
    expect(record.entries.map(({ reason: why }) => why)).toEqual([
      like("checkpointMoved"),
      like("ownedNow", { ownerId: "processor-1" }),
      like("checkpointDeleted"),
      null,
    ]);
    expect(await standing("0")).toMatchObject({ sequencenumber: "60" });
    expect(await standing("1")).toMatchObject({ sequencenumber: "51" });
    expect(await standing("2")).toBeUndefined();
    expect(record.entries[0]).toMatchObject({ before: null, after: null });
  });

  it("writes when the owner is released or expired, but not while it is active", async () => {
    await world.own("orders", group, "0", "processor-1");
    await world.own("orders", group, "1", "");
    const early = await apply(9, { ids: ["0", "1"] });
    expect(early.results).toEqual({ 0: "conflict", 1: "written" });
    // The owner's last renewal is a second old, which counts as gone for this group.
    const history = await openSqlite();
    const reset = await begun(history, world, group, await plannedNow(world, group, ["0"], 9));
    const place = placeOf(world, group, { ownershipExpirationSeconds: 1 });
    const age = async () => {
      const { readAt, groups } = await place.readStore(AbortSignal.timeout(5_000));
      return readAt - (groups.get(group)?.ownerships.get("0")?.lastRenewedAt ?? readAt);
    };
    await expect.poll(age, { timeout: 5_000 }).toBeGreaterThanOrEqual(1_000);
    const late = await runToEnd(history, reset, place, runOffline);
    expect(late.results).toEqual({ 0: "written" });
    expect(late.record.entries[0]?.lastOwnerId).toBe("processor-1");
    expect(late.outcome.watchSeconds).toBe(3);
  });

  it("looks again when the history takes long to store what will be replaced", async () => {
    const { results, record } = await apply(9, {
      whileNoting: async () => {
        await world.own("orders", group, "1", "late");
        await wait(2_600);
      },
    });
    expect(results).toEqual({ 0: "written", 1: "conflict", 2: "written", 3: "written" });
    expect(record.entries[1]?.reason).toEqual(like("ownedNow", { ownerId: "late" }));
    expect(await standing("1")).toMatchObject({ sequencenumber: "51" });
  });

  it("looks again before it repeats a write that never arrived", async () => {
    let tries = 0;
    proxy.fate = async (incoming): Promise<Fate> => {
      if (!isCheckpointWrite(incoming) || !incoming.url?.includes("checkpoint/1")) return "pass";
      tries += 1;
      if (tries === 2) {
        await world.own("orders", group, "1", "late");
        await wait(2_600);
      }
      return "dropRequest";
    };
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect([results, tries]).toEqual([{ 0: "written", 1: "failed", 2: "written", 3: "written" }, 2]);
    expect(record.entries[1]?.reason).toEqual(
      like("notTriedAgain", { notAgainBecause: like("ownedNow", { ownerId: "late" }) }),
    );
  });

  it("is a conflict when the stream begins later than the target, or the hub is another one", async () => {
    world.enqueue("orders", "3", 5);
    const trimmed = await apply(9, {
      ids: ["2", "3"],
      before: async () => world.eventHubs.trim("orders", "3", 12),
    });
    expect(trimmed.results).toEqual({ 2: "written", 3: "conflict" });
    expect(trimmed.record.entries[1]?.reason).toEqual(like("nextEventExpired", { sequenceNumber: 10 }));
    const beyond = await apply(150, { ids: ["0"] });
    expect(beyond.record.entries[0]).toMatchObject({
      result: "conflict",
      reason: reason("targetPastEnd", { sequenceNumber: 150, lastSequenceNumber: 99 }),
    });
    const other = placeOf(world, group);
    const readHub = async (signal: AbortSignal) => ({ ...(await other.readHub(signal)), createdOn: 1 });
    const anew = await apply(9, { ids: ["0", "1"], readHub });
    expect(anew.results).toEqual({ 0: "conflict", 1: "conflict" });
    expect(await standing("0")).toMatchObject({ sequencenumber: "50" });
  });

  it("leaves a partition alone when its other casing moves, even though its own blob does not", async () => {
    const other = blobOf("0").replace("orders", "Orders");
    await putBlob(world.container, other, { sequencenumber: "1", offset: "64" });
    await world.checkpoint("orders", group, "0", 51);
    const place = placeOf(world, group);
    const readStore = async (signal: AbortSignal) => {
      const reading = await place.readStore(signal);
      // This happens after the look at the whole group, and before its blobs are listed for the write.
      await putBlob(world.container, other, { sequencenumber: "2", offset: "128" });
      return reading;
    };
    const { results, record } = await apply(9, { ids: ["0", "1"], readStore });
    expect(results).toEqual({ 0: "conflict", 1: "written" });
    expect(record.entries[0]?.reason).toEqual(like("rivalMoves", { blobName: other }));
  });

  it("leaves a partition alone that got another checkpoint since the preview", async () => {
    const other = blobOf("0").replace("orders", "Orders");
    const late = blobOf("1").replace("orders", "Orders");
    const history = await openSqlite();
    const writes = (await plannedNow(world, group, ["0", "1", "2"], 9)).map((write) => ({
      ...write,
      rivals: [],
    }));
    const reset = await begun(history, world, group, writes);
    await putBlob(world.container, other, { sequencenumber: "1", offset: "64" });
    for (const id of partitionIds) await world.own("orders", group, id, "");
    const place = placeOf(world, group);
    const readStore = async (signal: AbortSignal) => {
      const reading = await place.readStore(signal);
      await putBlob(world.container, late, { sequencenumber: "1", offset: "64" });
      return reading;
    };
    const { results, record } = await runToEnd(history, reset, { ...place, readStore }, runOffline);
    expect(results).toEqual({ 0: "conflict", 1: "conflict", 2: "written" });
    expect(record.entries[0]?.reason).toEqual(reason("rivalAppeared", { blobName: other }));
    expect(record.entries[1]?.reason).toEqual(reason("rivalMoves", { blobName: late }));
  });

  it("is broken off with nothing written when the storage can't be read", async () => {
    proxy.fate = () => ({ status: 403 });
    const { results, outcome } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "skipped", 1: "skipped", 2: "skipped", 3: "skipped" });
    expect(outcome).toMatchObject({
      state: "failed",
      reason: like("groupUnread", { errorCode: "azureUnauthorized" }),
    });
  });

  it("begins nothing once it is asked to stop", async () => {
    const { results, outcome } = await apply(9, { stop: AbortSignal.abort() });
    expect(Object.values(results)).toEqual(Array(4).fill("skipped"));
    expect(outcome).toMatchObject({ state: "failed", reason: reason("dashboardStopped") });
  });
});
