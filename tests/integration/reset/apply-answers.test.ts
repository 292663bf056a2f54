import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { reason, sentenceOf } from "#lib/api/reasons/reason.ts";
import { withoutRetries } from "#lib/checkpoint-store/listing/group-listing.ts";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { type Fate, isCheckpointWrite } from "#tests/support/proxies/faulty-proxy.ts";
import { apply, blobOf, group, proxy, standing, world } from "#tests/support/worlds/applied-world.ts";
import { containerAt, patienceOf } from "#tests/support/worlds/reset-world.ts";

describe("answers and rivals at the moment of a write", () => {
  it("never overwrites a checkpoint that moves at the very moment of the write", async () => {
    proxy.fate = async (incoming): Promise<Fate> => {
      if (isCheckpointWrite(incoming) && incoming.url?.includes("checkpoint/1")) {
        await world.checkpoint("orders", group, "1", 70);
      }
      return "pass";
    };
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "written", 1: "conflict", 2: "written", 3: "written" });
    expect(record.entries[1]?.reason).toEqual(reason("writtenByOther", { found: 70 }));
    expect(await standing("1")).toMatchObject({ sequencenumber: "70" });
  });

  it("records a write correctly when its answer was lost", async () => {
    const dropped = new Set<string>();
    proxy.fate = (incoming) => {
      const id = incoming.url?.match(/checkpoint\/(\d)/)?.[1] ?? "";
      if (!isCheckpointWrite(incoming) || dropped.has(id)) return "pass";
      dropped.add(id);
      // The first two are written without an answer. The others never arrive, and are tried again.
      return Number(id) < 2 ? "dropAnswer" : id === "2" ? "dropRequest" : { status: 503 };
    };
    await world.container.deleteBlob(blobOf("1"));
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "written", 1: "written", 2: "written", 3: "written" });
    expect(dropped.size).toBe(4);
    const { blobs } = await listBlobs(world.container, blobOf(""));
    expect(record.entries.map(({ after }) => after?.etag)).toEqual(blobs.map(({ etag }) => etag));
  });

  it("knows who claimed a partition at the very moment of the write, even if it renews while the reset runs", async () => {
    await world.container.deleteBlob(blobOf("2"));
    let tries = 0;
    proxy.fate = async (incoming): Promise<Fate> => {
      if (!isCheckpointWrite(incoming)) return "pass";
      const id = incoming.url?.match(/checkpoint\/(\d)/)?.[1] ?? "";
      if (id === "1" || id === "2") await world.own("orders", group, id, `racer-${id}`);
      if (id !== "3") return "pass";
      // This one never arrives, and its retries take seconds.
      tries += 1;
      if (tries === 3) {
        await wait(1_100);
        for (const racing of ["1", "2"]) await world.own("orders", group, racing, `racer-${racing}`);
      }
      return "dropRequest";
    };
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect([results, tries]).toEqual([{ 0: "written", 1: "written", 2: "written", 3: "failed" }, 3]);
    const told = record.entries.map(({ before, lastOwnerId, reason: why }) => [
      before === null,
      lastOwnerId,
      why,
    ]);
    expect(told[0]).toEqual([false, null, null]);
    expect(told[1]).toEqual([false, "racer-1", reason("claimedAtWrite", { ownerId: "racer-1" })]);
    expect(told[2]).toEqual([true, "racer-2", reason("claimedAtWrite", { ownerId: "racer-2" })]);
  });

  it("knows who claimed a partition or deleted its checkpoint at the very moment of a deletion", async () => {
    const deleted: string[] = [];
    proxy.fate = async ({ method, url = "" }): Promise<Fate> => {
      const id = url.match(/checkpoint\/(\d)/)?.[1] ?? "";
      if (method !== "DELETE") return "pass";
      deleted.push(id);
      if (id === "1") await world.own("orders", group, id, "racer-1");
      if (id === "2") await world.container.deleteBlob(blobOf(id));
      return id === "3" ? "dropAnswer" : "pass";
    };
    const { results, record } = await apply(9, {
      container: containerAt(world, proxy.port),
      planned: (write) => ({ ...write, act: "remove", undoesMove: true }),
    });
    // What somebody else deleted is not ours to bring back.
    expect(results).toEqual({ 0: "written", 1: "written", 2: "conflict", 3: "written" });
    expect(deleted.toSorted()).toEqual(["0", "1", "2", "3"]);
    expect(record.entries.map(({ lastOwnerId, reason: why }) => [lastOwnerId, why])).toEqual([
      [null, null],
      ["racer-1", reason("claimedAtDeletion", { ownerId: "racer-1", blobName: blobOf("1") })],
      [null, like("writeRefused")],
      [null, null],
    ]);
  });

  it("says that it can't tell when a lost answer is followed by somebody else's write", async () => {
    proxy.fate = async (incoming): Promise<Fate> => {
      if (!isCheckpointWrite(incoming)) return "pass";
      const id = incoming.url?.match(/checkpoint\/(\d)/)?.[1] ?? "";
      if (id === "0") setTimeout(() => void world.checkpoint("orders", group, "0", 77), 5);
      return id === "0" ? "silence" : "pass";
    };
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "unknown", 1: "written", 2: "written", 3: "written" });
    expect(record.entries[0]?.reason).toEqual(reason("answerLost", { found: 77 }));
  });

  it("fails a write that never arrives, and leaves the blob as it is", async () => {
    proxy.fate = (incoming) =>
      isCheckpointWrite(incoming) && incoming.url?.includes("checkpoint/0") ? "dropRequest" : "pass";
    const { results, record, outcome } = await apply(9, { container: containerAt(world, proxy.port) });
    expect(results).toEqual({ 0: "failed", 1: "written", 2: "written", 3: "written" });
    expect(record.entries[0]?.reason).toEqual(like("nothingWritten", { because: like("failure") }));
    expect(outcome.state).toBe("done");
    expect(await standing("0")).toMatchObject({ sequencenumber: "50" });
  });

  it("fails a write that a policy refuses, by its code and at the first try, and calls nobody a rival", async () => {
    let tries = 0;
    proxy.fate = async (incoming): Promise<Fate> => {
      const id = incoming.url?.match(/checkpoint\/(\d)/)?.[1] ?? "";
      if (!isCheckpointWrite(incoming) || id > "1") return "pass";
      tries += 1;
      // The other write came first, without ours before it.
      if (id === "1") await world.checkpoint("orders", group, "1", 70);
      return { status: 409, code: "BlobImmutableDueToPolicy" };
    };
    const { results, record } = await apply(9, { container: containerAt(world, proxy.port) });
    expect([results, tries]).toEqual([{ 0: "failed", 1: "conflict", 2: "written", 3: "written" }, 2]);
    const [refused, beaten] = record.entries.map((entry) => entry.reason);
    expect(refused && sentenceOf(refused)).toContain("409 (BlobImmutableDueToPolicy)");
    expect(beaten).toEqual(reason("writtenByOther", { found: 70 }));
    expect(await standing("0")).toMatchObject({ sequencenumber: "50" });
  });
});

describe("failures that pass", () => {
  const idIn = (url = "") => url.match(/checkpoint\/(\d)/)?.[1] ?? "";
  const isListing = (url = "") => url.includes("comp=list");

  it("are waited for at each write, whatever they are, and a lost answer of a late try counts as written", async () => {
    const tries: Record<string, number> = {};
    const failing: Record<string, Fate> = {
      0: { status: 500, code: "InternalError" },
      1: { status: 503, code: "ServerBusy" },
      2: "dropRequest",
      3: { status: 500, code: "OperationTimedOut" },
    };
    proxy.fate = (incoming): Fate => {
      const id = idIn(incoming.url);
      if (!isCheckpointWrite(incoming)) return "pass";
      tries[id] = (tries[id] ?? 0) + 1;
      if (tries[id] <= 5) return failing[id] ?? "pass";
      return id === "3" ? "dropAnswer" : "pass";
    };
    const container = containerAt(world, proxy.port);
    const { results, record } = await apply(9, { container, patience: patienceOf(7) });
    expect(results).toEqual({ 0: "written", 1: "written", 2: "written", 3: "written" });
    expect(tries).toEqual({ 0: 6, 1: 6, 2: 6, 3: 6 });
    const { blobs } = await listBlobs(world.container, blobOf(""));
    expect(record.entries.map(({ after }) => after?.etag)).toEqual(blobs.map(({ etag }) => etag));
  });

  it("are never tried again on a checkpoint that somebody else has written meanwhile", async () => {
    const tries: Record<string, number> = {};
    proxy.fate = async (incoming): Promise<Fate> => {
      const id = idIn(incoming.url);
      if (!isCheckpointWrite(incoming) || id > "1") return "pass";
      tries[id] = (tries[id] ?? 0) + 1;
      if (tries[id] === 2) await world.checkpoint("orders", group, id, 70);
      // A refused write has surely not arrived; after the other failure nobody knows.
      return { status: id === "0" ? 429 : 503 };
    };
    const container = containerAt(world, proxy.port);
    const { results } = await apply(9, { container, patience: patienceOf(7) });
    expect(results).toEqual({ 0: "conflict", 1: "unknown", 2: "written", 3: "written" });
    expect(tries).toEqual({ 0: 2, 1: 2 });
    expect([await standing("0"), await standing("1")]).toMatchObject(Array(2).fill({ sequencenumber: "70" }));
  });

  it("are waited for when the blobs are listed before the first write, before another try and after it", async () => {
    let [listings, writes, down] = [0, 0, 3];
    proxy.fate = (incoming): Fate => {
      if (isListing(incoming.url)) listings += 1;
      if (isListing(incoming.url) && down > 0) {
        down -= 1;
        return { status: 503, code: "ServerBusy" };
      }
      if (!isCheckpointWrite(incoming) || idIn(incoming.url) !== "2") return "pass";
      writes += 1;
      if (writes > 2) return "pass";
      down = 3;
      return "dropRequest";
    };
    const container = withoutRetries(containerAt(world, proxy.port));
    const { results, outcome } = await apply(9, { container, patience: patienceOf(7) });
    expect(results).toEqual({ 0: "written", 1: "written", 2: "written", 3: "written" });
    expect([outcome.state, writes, listings > 9]).toEqual(["done", 3, true]);
  });

  it("that don't pass break the reset off once its patience is used up", async () => {
    let listings = 0;
    proxy.fate = ({ url }) => {
      listings += isListing(url) ? 1 : 0;
      return { status: 503, code: "ServerBusy" };
    };
    const container = withoutRetries(containerAt(world, proxy.port));
    const { results, outcome } = await apply(9, { container, patience: patienceOf(4) });
    expect(Object.values(results)).toEqual(Array(4).fill("skipped"));
    expect(outcome.reason).toEqual(like("groupUnread", { errorCode: "azureThrottled" }));
    expect(listings).toBeGreaterThanOrEqual(4);
  });
});
