import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listBlobs } from "#lib/checkpoint-store/list-blobs.ts";
import type { History } from "#lib/history/history.ts";
import { runOffline } from "#lib/reset/apply/run-offline.ts";
import { putBlob, storedBlobs } from "#tests/support/azurite.ts";
import {
  type Fate,
  type FaultyProxy,
  isCheckpointWrite,
  startFaultyProxy,
} from "#tests/support/faulty-proxy.ts";
import { newPlace, openHistory } from "#tests/support/history.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/local-world.ts";
import { begun, containerAt, placeOf, plannedNow, runToEnd } from "#tests/support/reset-world.ts";

const partitionCount = 4;
const partitionIds = ["0", "1", "2", "3"];

let world: LocalWorld;
let proxy: FaultyProxy;
let groups = 0;
let group: string;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount, consumerGroups: [] }]);
  proxy = await startFaultyProxy(world.azurite.port);
  for (const id of partitionIds) world.enqueue("orders", id, 100);
});
afterAll(async () => {
  await proxy?.stop();
  await world?.stop();
});
beforeEach(async () => {
  proxy.fate = () => "pass";
  groups += 1;
  group = `group-${groups}`;
  for (const id of partitionIds) await world.checkpoint("orders", group, id, 50 + Number(id));
});

const open = async () => openHistory(await newPlace("sqlite"));
const blobOf = (id: string, name = group) => `${localNamespace}/orders/${name}/checkpoint/${id}`;
const standing = async (id: string) => (await storedBlobs(world.container))[blobOf(id)];

async function apply(
  sequenceNumber: number,
  options: Parameters<typeof placeOf>[2] & {
    before?: () => Promise<unknown>;
    /** What happens while the history takes what will be replaced. */
    whileNoting?: () => Promise<unknown>;
    stop?: AbortSignal;
    ids?: string[];
  } = {},
) {
  const { before, whileNoting, stop, ids = partitionIds, ...over } = options;
  const history = await open();
  if (whileNoting) delayNotes(history, whileNoting);
  const reset = await begun(history, world, group, await plannedNow(world, group, ids, sequenceNumber));
  await before?.();
  return runToEnd(history, reset, placeOf(world, group, over), runOffline, { ...(stop && { stop }) });
}

function delayNotes({ resets }: History, meanwhile: () => Promise<unknown>): void {
  const note = resets.note.bind(resets);
  resets.note = async (id, instance, changes) => {
    if (changes.some(({ result }) => result === "writing")) await meanwhile();
    return note(id, instance, changes);
  };
}

describe("applying a reset", () => {
  it("writes each partition under its own identifier, having stored what it replaced", async () => {
    await world.own("orders", group, "2", "");
    const { outcome, record } = await apply(9);
    expect(outcome).toEqual({ state: "done", message: null, watchSeconds: 180 });
    for (const { partitionId, result, before, lastOwnerId, after, message } of record.entries) {
      expect(await standing(partitionId)).toEqual({
        sequencenumber: "9",
        offset: "576",
        clientidentifier: `tidemark/${record.id}/${partitionId}`,
      });
      const old = 50 + Number(partitionId);
      expect({ result, message }).toEqual({ result: "written", message: null });
      expect(before).toMatchObject({
        sequenceNumber: old,
        offset: String(old * 64),
        metadata: { sequencenumber: String(old), offset: String(old * 64) },
      });
      expect(lastOwnerId).toBeNull();
      expect(after).toMatchObject({ sequenceNumber: 9, offset: "576" });
    }
  });

  it("gives a partition a checkpoint that has none, and deletes or owns nothing", async () => {
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
    const messages = record.entries.map(({ message }) => message);
    expect(messages[0]).toContain("was written since the preview");
    expect(messages[1]).toContain("The processor processor-1 owns the partition");
    expect(messages[2]).toContain("was deleted since the preview");
    expect(await standing("0")).toMatchObject({ sequencenumber: "60" });
    expect(await standing("1")).toMatchObject({ sequencenumber: "51" });
    expect(await standing("2")).toBeUndefined();
    expect(record.entries[0]).toMatchObject({ before: null, after: null });
  });

  it("writes nothing where an owner is released, expired or another's of old, but not of late", async () => {
    await world.own("orders", group, "0", "processor-1");
    await world.own("orders", group, "1", "");
    const early = await apply(9, { ids: ["0", "1"] });
    expect(early.results).toEqual({ 0: "conflict", 1: "written" });
    // Its last renewal is a second old: for this group an owner counts as gone then.
    const history = await open();
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

  it("looks again where the history takes long to note what will be replaced", async () => {
    const { results, record } = await apply(9, {
      whileNoting: async () => {
        await world.own("orders", group, "1", "late");
        await wait(1_600);
      },
    });
    expect(results).toEqual({ 0: "written", 1: "conflict", 2: "written", 3: "written" });
    expect(record.entries[1]?.message).toContain("The processor late owns the partition");
    expect(await standing("1")).toMatchObject({ sequencenumber: "51" });
  });

  it("looks again before a write that never arrived is tried again", async () => {
    let tries = 0;
    proxy.fate = async (incoming): Promise<Fate> => {
      if (!isCheckpointWrite(incoming) || !incoming.url?.includes("checkpoint/1")) return "pass";
      tries += 1;
      if (tries === 2) {
        await world.own("orders", group, "1", "late");
        await wait(1_600);
      }
      return "dropRequest";
    };
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect([results, tries]).toEqual([{ 0: "written", 1: "failed", 2: "written", 3: "written" }, 2]);
    expect(record.entries[1]?.message).toMatch(
      /^Nothing was written: .* It was not tried again: The processor late owns the partition/,
    );
  });

  it("never overwrites a checkpoint that moves in the very moment of the write", async () => {
    proxy.fate = async (incoming): Promise<Fate> => {
      if (isCheckpointWrite(incoming) && incoming.url?.includes("checkpoint/1")) {
        await world.checkpoint("orders", group, "1", 70);
      }
      return "pass";
    };
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "written", 1: "conflict", 2: "written", 3: "written" });
    expect(record.entries[1]?.message).toBe(
      "Somebody wrote the checkpoint at the same moment (70); it was left as it is.",
    );
    expect(await standing("1")).toMatchObject({ sequencenumber: "70" });
  });

  it("records a write whose answer was lost as what it was", async () => {
    const dropped = new Set<string>();
    proxy.fate = (incoming) => {
      const id = incoming.url?.match(/checkpoint\/(\d)/)?.[1] ?? "";
      if (!isCheckpointWrite(incoming) || dropped.has(id)) return "pass";
      dropped.add(id);
      // The first two are written and nobody hears of it; the others never arrive, and are tried again.
      return Number(id) < 2 ? "dropAnswer" : id === "2" ? "dropRequest" : { status: 503 };
    };
    await world.container.deleteBlob(blobOf("1"));
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "written", 1: "written", 2: "written", 3: "written" });
    expect(dropped.size).toBe(4);
    const { blobs } = await listBlobs(world.container, blobOf(""));
    expect(record.entries.map(({ after }) => after?.etag)).toEqual(blobs.map(({ etag }) => etag));
  });

  it("knows who claimed a partition in the very moment of the write, though it renews while the reset runs", async () => {
    await world.container.deleteBlob(blobOf("2"));
    let tries = 0;
    proxy.fate = async (incoming): Promise<Fate> => {
      if (!isCheckpointWrite(incoming)) return "pass";
      const id = incoming.url?.match(/checkpoint\/(\d)/)?.[1] ?? "";
      if (id === "1" || id === "2") await world.own("orders", group, id, `racer-${id}`);
      if (id !== "3") return "pass";
      // This one never arrives: tried again and again, it takes seconds.
      tries += 1;
      if (tries === 3) {
        // Last-Modified counts in seconds.
        await wait(1_100);
        for (const racing of ["1", "2"]) await world.own("orders", group, racing, `racer-${racing}`);
      }
      return "dropRequest";
    };
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect([results, tries]).toEqual([{ 0: "written", 1: "written", 2: "written", 3: "failed" }, 3]);
    const told = record.entries.map(({ before, lastOwnerId, message }) => [
      before === null,
      lastOwnerId,
      message,
    ]);
    expect(told[0]).toEqual([false, null, null]);
    expect(told[1]).toEqual([
      false,
      "racer-1",
      expect.stringContaining("claimed the partition at the very moment"),
    ]);
    // Also where there was nothing to be replaced.
    expect(told[2]).toEqual([true, "racer-2", expect.stringContaining("racer-2 claimed the partition")]);
  });

  it("says that it can't be told where a lost answer is followed by somebody else's write", async () => {
    proxy.fate = async (incoming): Promise<Fate> => {
      if (!isCheckpointWrite(incoming)) return "pass";
      const id = incoming.url?.match(/checkpoint\/(\d)/)?.[1] ?? "";
      if (id === "0") setTimeout(() => void world.checkpoint("orders", group, "0", 77), 5);
      return id === "0" ? "silence" : "pass";
    };
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "unknown", 1: "written", 2: "written", 3: "written" });
    expect(record.entries[0]?.message).toContain("somebody has written the checkpoint since (77)");
  });

  it("fails a write that never arrives, and leaves the blob as it is", async () => {
    proxy.fate = (incoming) =>
      isCheckpointWrite(incoming) && incoming.url?.includes("checkpoint/0") ? "dropRequest" : "pass";
    const { results, record, outcome } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "failed", 1: "written", 2: "written", 3: "written" });
    expect(record.entries[0]?.message).toMatch(/^Nothing was written: /);
    expect(outcome.state).toBe("done");
    expect(await standing("0")).toMatchObject({ sequencenumber: "50" });
  });

  it("is a conflict where the stream begins later than the target, or the hub is another one", async () => {
    world.enqueue("orders", "3", 5);
    const trimmed = await apply(9, {
      ids: ["2", "3"],
      before: async () => world.eventHubs.trim("orders", "3", 12),
    });
    expect(trimmed.results).toEqual({ 2: "written", 3: "conflict" });
    expect(trimmed.record.entries[1]?.message).toContain(
      "Event 10, at which the group was to go on, is no longer",
    );
    const beyond = await apply(150, { ids: ["0"] });
    expect(beyond.record.entries[0]).toMatchObject({
      result: "conflict",
      message: expect.stringContaining("The stream ends at event 99 now"),
    });
    const other = placeOf(world, group);
    const readHub = async (signal: AbortSignal) => ({ ...(await other.readHub(signal)), createdOn: 1 });
    const anew = await apply(9, { ids: ["0", "1"], readHub });
    expect(anew.results).toEqual({ 0: "conflict", 1: "conflict" });
    expect(await standing("0")).toMatchObject({ sequencenumber: "50" });
  });

  it("leaves a partition alone whose other casing moves, though its own blob does not", async () => {
    const other = blobOf("0").replace("orders", "Orders");
    await putBlob(world.container, other, { sequencenumber: "1", offset: "64" });
    await world.checkpoint("orders", group, "0", 51);
    const place = placeOf(world, group);
    const readStore = async (signal: AbortSignal) => {
      const reading = await place.readStore(signal);
      // After the group was looked at as a whole, before its blobs are listed for the write.
      await putBlob(world.container, other, { sequencenumber: "2", offset: "128" });
      return reading;
    };
    const { results, record } = await apply(9, { ids: ["0", "1"], readStore });
    expect(results).toEqual({ 0: "conflict", 1: "written" });
    expect(record.entries[0]?.message).toContain("Another checkpoint of this partition moves");
  });

  it("leaves a partition alone that got another checkpoint since the preview", async () => {
    const other = blobOf("0").replace("orders", "Orders");
    const late = blobOf("1").replace("orders", "Orders");
    const history = await open();
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
      // After the group was looked at as a whole, before its blobs are listed for the write.
      await putBlob(world.container, late, { sequencenumber: "1", offset: "64" });
      return reading;
    };
    const { results, record } = await runToEnd(history, reset, { ...place, readStore }, runOffline);
    expect(results).toEqual({ 0: "conflict", 1: "conflict", 2: "written" });
    expect(record.entries[0]?.message).toContain(`has come into being since the preview, in ${other}`);
    expect(record.entries[1]?.message).toContain(`Another checkpoint of this partition moves, in ${late}`);
  });

  it("is broken off where the storage can't be looked at, with nothing written", async () => {
    proxy.fate = () => ({ status: 403 });
    const { results, outcome } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "skipped", 1: "skipped", 2: "skipped", 3: "skipped" });
    expect(outcome).toMatchObject({
      state: "failed",
      message: expect.stringContaining("Blob Storage answered 403"),
    });
  });

  it("begins nothing once it is asked to stop", async () => {
    const { results, outcome } = await apply(9, { stop: AbortSignal.abort() });
    expect(Object.values(results)).toEqual(Array(4).fill("skipped"));
    expect(outcome).toMatchObject({ state: "failed", message: expect.stringContaining("was stopped") });
  });
});
