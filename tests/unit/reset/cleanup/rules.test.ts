import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import { restedMs } from "#lib/ownership/cleanup-candidates.ts";
import { good, guardSeconds, lower, typed, type World, worldOf } from "./world.ts";

describe("the rules of a cleanup", () => {
  it("offers a group that Azure does not know once nothing of it has moved for seven days", () => {
    const world = worldOf((each) => {
      each.put(`${lower}/checkpoint/0`, good);
      each.put(`${lower}/ownership/0`, { ownerid: "" });
      each.knownGroups = new Set(["other"]);
      each.now += restedMs - 1;
    });
    expect(world.whys()).toEqual({});
    world.now += 1;
    expect(world.whys()).toEqual({
      [`${lower}/checkpoint/0`]: "goneGroup",
      [`${lower}/ownership/0`]: "goneGroup",
    });
    const [write] = world.plan();
    if (write === undefined) throw new Error("Nothing was planned.");
    expect(world.verdictOf(write)).toBe("free");
    world.put(`${lower}/ownership/1`, { ownerid: "" });
    expect(world.verdictOf(write)).toBe("conflict");
    world.knownGroups = null;
    world.now += restedMs;
    expect(world.whys()).toEqual({});
    expect(world.verdictOf(write)).toBe("conflict");
  });

  it("offers what belongs to no partition of the hub or stops the group, and repairs an ownership that is in use", () => {
    const world = worldOf((each) => {
      for (const id of ["0", "31", "$$$.$$$"]) each.put(`${lower}/checkpoint/${id}`, good);
      each.put(`${lower}/checkpoint/1`, { offset: "576" });
      each.put(`${lower}/ownership/0`, {});
      each.put(`${lower}/ownership/1`, { ownerid: "" });
      for (const id of ["31", "1/.keep", ""]) each.put(`${lower}/ownership/${id}`, {});
    });
    expect(world.whys()).toEqual({
      [`${lower}/checkpoint/31`]: "gonePartition",
      [`${lower}/checkpoint/$$$.$$$`]: "placeholder",
      [`${lower}/checkpoint/1`]: "brokenCheckpoint",
      [`${lower}/ownership/0`]: "brokenOwnership",
      [`${lower}/ownership/31`]: "gonePartition",
      ...Object.fromEntries(["1/.keep", ""].map((id) => [`${lower}/ownership/${id}`, "placeholder"])),
    });
    const acts = new Map(world.plan().map(({ blobName, act }) => [blobName, act]));
    expect(acts.get(`${lower}/ownership/0`)).toBe("release");
    const [gone] = world.plan().filter(({ cleans }) => cleans.partitionId === "31");
    if (gone === undefined) throw new Error("Nothing was planned.");
    world.now += guardSeconds * 1_000;
    expect(world.verdictOf(gone)).toBe("free");
    world.partitions = ["0", "1", "31"];
    expect(world.verdictOf(gone)).toBe("conflict");
  });

  it("offers what a move left behind while that is unchanged and the move's result still exists", () => {
    const [old, made] = [`${typed}/checkpoint/0`, `${lower}/checkpoint/0`];
    const world = worldOf((each) => {
      each.put(old, good);
      each.put(made, good);
      each.leftBehind = new Map([[old, { etag: "1", madeBlobName: made }]]);
    });
    expect(world.whys()).toEqual({ [old]: "leftBehind" });
    const [write] = world.plan();
    if (write === undefined) throw new Error("Nothing was planned.");
    world.put(`${lower}/ownership/0`, { ownerid: "new" });
    expect(world.verdictOf(write)).toBe("free");
    world.put(`${typed}/ownership/0`, { ownerid: "old" });
    expect(world.verdictOf(write)).toBe("conflict");
    world.now += guardSeconds * 1_000;
    expect(world.verdictOf(write)).toBe("free");
    world.blobs.delete(made);
    expect([world.whys(), world.verdictOf(write)]).toEqual([{}, "conflict"]);
    world.put(made, good);
    world.put(old, good);
    expect([world.whys(), world.verdictOf(write)]).toEqual([{}, "conflict"]);
  });

  it("offers expired ownerships of a tree that a move left behind, and none while one of its processors runs", () => {
    const world = worldOf((each) => {
      each.put(`${typed}/checkpoint/0`, good);
      each.put(`${lower}/checkpoint/0`, { ...good, clientidentifier: ownIdentifier("r1", "0") });
      each.leftBehind = new Map([
        [`${typed}/checkpoint/0`, { etag: "1", madeBlobName: `${lower}/checkpoint/0` }],
      ]);
      // Partition 1 had no checkpoint that could be moved.
      for (const id of ["0", "1"]) each.put(`${typed}/ownership/${id}`, { ownerid: "old" });
      each.put(`${lower}/ownership/0`, { ownerid: "gone" });
      each.now += guardSeconds * 1_000;
    });
    expect(world.whys()).toEqual({});
    world.put(`${lower}/checkpoint/0`, good);
    const ownerships = { [`${typed}/ownership/0`]: "leftBehind", [`${typed}/ownership/1`]: "leftBehind" };
    expect(world.whys()).toEqual({ [`${typed}/checkpoint/0`]: "leftBehind", ...ownerships });
    const writes = world.plan();
    const verdicts = () =>
      [`checkpoint/0`, `ownership/0`, `ownership/1`].flatMap((name) =>
        writes.filter(({ blobName }) => blobName.endsWith(name)).map((write) => world.verdictOf(write)),
      );
    world.put(`${lower}/ownership/0`, { ownerid: "new" });
    expect(verdicts()).toEqual(["free", "free", "free"]);
    world.put(`${typed}/ownership/1`, { ownerid: "old" });
    expect(verdicts()).toEqual(["conflict", "conflict", "conflict"]);
    expect(world.whys()).toEqual({
      [`${typed}/checkpoint/0`]: "leftBehind",
      [`${typed}/ownership/0`]: "leftBehind",
    });
    world.now += guardSeconds * 1_000;
    expect(verdicts()).toEqual(["free", "free", "conflict"]);
    // The ownerships are offered once the checkpoint is cleaned up, too.
    world.blobs.delete(`${typed}/checkpoint/0`);
    expect(world.whys()).toEqual(ownerships);
    world.put(`${typed}/checkpoint/1`, good);
    expect(world.whys()).toEqual({});
    world.blobs.delete(`${typed}/checkpoint/1`);
    world.blobs.delete(`${lower}/checkpoint/0`);
    expect([world.whys(), verdicts()]).toEqual([{}, ["conflict", "conflict", "conflict"]]);
  });

  it("keeps what a move left behind when another move has written its copy since, until a processor goes on", () => {
    const [old, made] = [`${typed}/checkpoint/0`, `${lower}/checkpoint/0`];
    const world = worldOf((each) => {
      each.put(old, good);
      each.put(made, good);
      each.leftBehind = new Map([[old, { etag: "1", madeBlobName: made }]]);
    });
    const [write] = world.plan();
    if (write === undefined) throw new Error("Nothing was planned.");
    world.put(made, { ...good, clientidentifier: ownIdentifier("r2", "0") });
    expect([world.whys(), world.verdictOf(write)]).toEqual([{}, "conflict"]);
    // Other layouts are read by other processors than the copy's.
    expect(world.verdictOf({ ...write, format: "eph" })).toBe("free");
    world.put(made, { ...good, clientidentifier: "worker-1" });
    expect([world.whys(), world.verdictOf(write)]).toEqual([{ [old]: "leftBehind" }, "free"]);
  });
});

type Event = (world: World) => void;
const trees = [lower, typed];
const blobs = fc.record({
  tree: fc.constantFrom(...trees),
  partitionId: fc.constantFrom("0", "1", "7", "$$$.$$$"),
});
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ at: blobs, ownerId: fc.constantFrom("worker-1", "worker-2", "") }).map(
    ({ at, ownerId }): Event =>
      (world) =>
        world.put(`${at.tree}/ownership/${at.partitionId}`, { ownerid: ownerId }),
  ),
  blobs.map(
    (at): Event =>
      (world) =>
        world.put(`${at.tree}/ownership/${at.partitionId}`, {}),
  ),
  blobs.map(
    (at): Event =>
      (world) =>
        world.put(`${at.tree}/checkpoint/${at.partitionId}`, good),
  ),
  blobs.map(
    (at): Event =>
      (world) =>
        world.put(`${at.tree}/checkpoint/${at.partitionId}`, { offset: "1" }),
  ),
  fc.constantFrom(10_000, 59_999, 60_000, restedMs).map(
    (ms): Event =>
      (world) => {
        world.now += ms;
      },
  ),
  fc.constantFrom(null, [], ["billing"]).map(
    (names): Event =>
      (world) => {
        world.knownGroups = names === null ? null : new Set(names);
      },
  ),
  fc.constantFrom<string[]>(["0", "1"], ["0", "1", "7"]).map(
    (ids): Event =>
      (world) => {
        world.partitions = ids;
      },
  ),
  blobs.map(
    (at): Event =>
      (world) => {
        const [old, made] = [
          `${typed}/checkpoint/${at.partitionId}`,
          `${lower}/checkpoint/${at.partitionId}`,
        ];
        const etag = world.blobs.get(old)?.etag;
        if (etag === undefined) return;
        world.put(made, good);
        world.leftBehind = new Map([...world.leftBehind, [old, { etag, madeBlobName: made }]]);
      },
  ),
);

it("never touches a blob of a running group, whatever happens between the plan and each step", () => {
  let cleaned = 0;
  let leftOwnerships = 0;
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), fc.array(event, { maxLength: 4 }), (before, between) => {
      const world = worldOf((each) => {
        for (const tree of trees) each.put(`${tree}/checkpoint/0`, good);
        each.put(`${typed}/ownership/0`, { ownerid: "worker-1" });
      });
      for (const happens of before) happens(world);
      for (const write of world.plan()) {
        between.shift()?.(world);
        const blob = world.blobs.get(write.blobName);
        if (world.verdictOf(write) !== "free") continue;
        cleaned += 1;
        const { partitionId, why, needs } = write.cleans;
        expect(blob?.etag).toBe(write.etag);
        const tree = write.blobName.split("/").slice(0, -2).join("/");
        const owner = world.blobs.get(`${tree}/ownership/${partitionId}`);
        const isOwned = owner?.metadata.get("ownerid") !== "" && owner !== undefined;
        if (isOwned) expect(world.now - owner.updatedAt).toBeGreaterThanOrEqual(guardSeconds * 1_000);
        const stands = world.partitions.includes(partitionId);
        if (why === "goneGroup") {
          expect(world.knownGroups?.has("billing")).toBe(false);
          for (const { updatedAt } of world.blobs.values())
            expect(world.now - updatedAt).toBeGreaterThanOrEqual(restedMs);
        } else if (stands && why === "leftBehind") {
          expect(world.blobs.has(needs ?? "")).toBe(true);
          for (const { name, metadata, updatedAt } of world.blobs.values())
            if (name.startsWith(`${tree}/ownership/`) && metadata.get("ownerid"))
              expect(world.now - updatedAt).toBeGreaterThanOrEqual(guardSeconds * 1_000);
          if (write.blobName.includes("/ownership/")) leftOwnerships += 1;
        } else if (stands && write.blobName.includes("/ownership/")) {
          expect([write.act, blob?.metadata.has("ownerid")]).toEqual(["release", false]);
        } else if (stands) {
          expect(blob?.metadata.has("sequencenumber")).toBe(false);
          const owners = [...world.blobs.values()].filter(({ metadata }) => metadata.get("ownerid"));
          for (const { updatedAt } of owners)
            expect(world.now - updatedAt).toBeGreaterThanOrEqual(guardSeconds * 1_000);
        }
        if (write.act === "remove") world.blobs.delete(write.blobName);
        else world.put(write.blobName, { ownerid: "" });
      }
    }),
    { numRuns: 2_000 },
  );
  expect(cleaned).toBeGreaterThan(500);
  expect(leftOwnerships).toBeGreaterThan(20);
});

it("never brings a blob back over another one or under somebody's hands, whatever happens since the clean-up", () => {
  const counts = { restored: 0, left: 0 };
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), fc.array(event, { maxLength: 3 }), (before, since) => {
      const world = worldOf((each) => each.put(`${lower}/checkpoint/7`, good));
      for (const happens of before) happens(world);
      const undos = world.plan().flatMap((write) => {
        if (world.verdictOf(write) !== "free") return [];
        if (write.act === "release") world.put(write.blobName, { ownerid: "" });
        else world.blobs.delete(write.blobName);
        const etag = world.blobs.get(write.blobName)?.etag ?? null;
        return [{ ...write, act: "restore" as const, etag }];
      });
      for (const undo of undos) {
        since.shift()?.(world);
        const isFree = world.verdictOf(undo) === "free";
        counts[isFree ? "restored" : "left"] += 1;
        if (!isFree) continue;
        expect(world.blobs.get(undo.blobName)?.etag ?? null).toBe(undo.etag);
        const tree = undo.blobName.split("/").slice(0, -2).join("/");
        const owner = world.blobs.get(`${tree}/ownership/${undo.cleans.partitionId}`);
        if (owner?.metadata.get("ownerid") && undo.blobName !== owner.name)
          expect(world.now - owner.updatedAt).toBeGreaterThanOrEqual(guardSeconds * 1_000);
        world.put(undo.blobName, good);
      }
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(20);
});
