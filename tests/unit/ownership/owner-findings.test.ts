import { describe, expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { ObservedOwners } from "#lib/ownership/observed-owners.ts";
import { type OwnerFinding, ownerFindings } from "#lib/ownership/owner-findings.ts";
import { fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";
import { change, hour, seen, span } from "./observed.ts";

const iso = (second: number) => new Date(second * 1000).toISOString();
const now = 2 * hour;

function find<Kind extends OwnerFinding["kind"]>(
  kind: Kind,
  over: Partial<ObservedOwners>,
  partitions: readonly GroupPartition[] = [],
  owners: Record<string, number> = {},
): Extract<OwnerFinding, { kind: Kind }> | undefined {
  const group = {
    owners: Object.entries(owners).map(([ownerId, count]) => ({
      ownerId,
      partitions: Array.from({ length: count }, (_, n) => String(n)),
      lastRenewedAt: iso(now),
    })),
  };
  const found = ownerFindings(seen(over), { group, partitions });
  return found.find((one) => one.kind === kind) as Extract<OwnerFinding, { kind: Kind }> | undefined;
}

describe("a partition that nobody owned", () => {
  const two = ["0", "1"].map((partitionId) => fixtureGroupPartition({ partitionId }));
  const other = span("1", "b", -9, null);

  it("is told after two minutes", () => {
    const gap = (seconds: number) => ({
      spans: [other, span("0", "a", -9, 100), span("0", "a", 100 + seconds, null)],
    });
    expect(find("unowned", gap(119.999), two)).toBeUndefined();
    expect(find("unowned", gap(120), two)).toEqual({
      kind: "unowned",
      isAll: false,
      hadOwners: true,
      partitions: [{ partitionId: "0", from: 100_000, to: 220_000 }],
    });
  });

  it("is told with its longest stretch, the longest of all first", () => {
    const spans = [
      span("0", "a", -9, 100),
      span("0", "a", 300, 1_000),
      span("0", "a", 1_500, null),
      span("1", "b", -9, 6_000),
    ];
    expect(find("unowned", { spans }, two)?.partitions).toEqual([
      { partitionId: "1", from: 6_000_000, to: null },
      { partitionId: "0", from: 1_000_000, to: 1_500_000 },
    ]);
  });

  it("covers the whole group only when all went together", () => {
    const until = (seconds: number) => [span("0", "a", -9, 600), span("1", "b", -9, seconds)];
    expect(find("unowned", { spans: until(719) }, two)).toMatchObject({ isAll: true, hadOwners: true });
    expect(find("unowned", { spans: until(720) }, two)).toMatchObject({ isAll: false });
    expect(find("unowned", {}, two)).toMatchObject({ isAll: true, hadOwners: false });
  });

  it("is not told for an unknown time", () => {
    expect(find("unowned", { knownFrom: null }, two)).toBeUndefined();
    expect(find("unowned", { knownFrom: (now - 119) * 1000 }, two)).toBeUndefined();
    expect(find("unowned", { knownFrom: (now - 120) * 1000 }, two)).toBeDefined();
  });
});

describe("a partition that flaps", () => {
  const claims = (count: number, every: number, first = 0) =>
    Array.from({ length: count }, (_, n) =>
      change(n % 2 ? "stolen" : "claimed", "5", first + n * every, `o${n}`),
    );

  it("is claimed six times within an hour", () => {
    expect(find("flapping", { changes: claims(5, 60) })).toBeUndefined();
    expect(find("flapping", { changes: claims(6, 60) })?.partitions).toEqual([
      { partitionId: "5", changes: 6, from: 0, to: 300_000 },
    ]);
  });

  it("is claimed that often within one hour, not in a longer time", () => {
    expect(find("flapping", { changes: claims(6, 719) })?.partitions[0]).toMatchObject({ changes: 6 });
    // The sixth comes an hour after the first.
    expect(find("flapping", { changes: claims(6, 720) })).toBeUndefined();
  });

  it("is told with its worst hour, the worst partition first", () => {
    const quiet = claims(7, 60, 10).map((one) => ({ ...one, partitionId: "2" }));
    const changes = [...claims(6, 60), ...claims(9, 60, 4_000), ...quiet].sort((a, b) => a.at - b.at);
    expect(find("flapping", { changes })?.partitions).toEqual([
      { partitionId: "5", changes: 9, from: 4_000_000, to: 4_480_000 },
      { partitionId: "2", changes: 7, from: 10_000, to: 370_000 },
    ]);
  });

  it("is not one that is released and expires", () => {
    const ends = Array.from({ length: 9 }, (_, n) =>
      change(n % 2 ? "released" : "expired", "5", n, null, "a"),
    );
    expect(find("flapping", { changes: ends })).toBeUndefined();
  });
});

describe("an owner that renews while its checkpoint does not move", () => {
  const spans = [span("9", "a", -9, null)];
  const partition = (over: Partial<GroupPartition> = {}, written = now - 120): GroupPartition => ({
    ...fixtureGroupPartition({ partitionId: "9", lag: 70, status: "stop" }),
    owner: { ownerId: "a", lastRenewedAt: iso(now), state: "active" },
    checkpoint: {
      sequenceNumber: 5,
      offset: "320",
      updatedAt: iso(written),
      format: "common",
      writtenBy: null,
      blobName: "blob",
    },
    ...over,
  });

  it("is told after two minutes", () => {
    expect(find("standsStill", { spans }, [partition({}, now - 119)])).toBeUndefined();
    expect(find("standsStill", { spans }, [partition()])?.partitions).toEqual([
      {
        ...{ partitionId: "9", ownerId: "a", since: (now - 120) * 1000 },
        ...{ hasCheckpoint: true, isSinceTakeover: false, waiting: 70 },
      },
    ]);
  });

  it("is not blamed for the time before it came", () => {
    const since = (at: number) => ({ spans: [span("9", "a", at, null)] });
    expect(find("standsStill", since(now - 119), [partition({}, 10)])).toBeUndefined();
    expect(find("standsStill", since(now - 120), [partition({}, 10)])?.partitions).toMatchObject([
      { since: (now - 120) * 1000, isSinceTakeover: true },
    ]);
  });

  it.each(["ok", "warn", "rewind", "unknown"] as const)("is none when the status is %s", (status) => {
    expect(find("standsStill", { spans }, [partition({ status }, 10)])).toBeUndefined();
  });

  it("may write the same position again and again", () => {
    const one = partition({ status: "stall" }, now - 1);
    expect(find("standsStill", { spans }, [one])?.partitions).toMatchObject([{ since: null }]);
  });

  it("must be an active owner", () => {
    const owner = { ownerId: "a", lastRenewedAt: iso(0), state: "expired" as const };
    expect(find("standsStill", { spans }, [partition({ owner })])).toBeUndefined();
    expect(find("standsStill", { spans }, [partition({ owner: null })])).toBeUndefined();
  });

  it("has never checkpointed although events came since it took the partition", () => {
    const fresh = { checkpoint: null, status: "unknown" as const };
    const since = (at: number) => ({ spans: [span("9", "a", at, null)] });
    const came = (at: number) => partition({ ...fresh, lastEnqueuedAt: iso(at) });
    expect(find("standsStill", since(1_000), [came(1_000)])).toBeUndefined();
    expect(find("standsStill", since(1_000), [came(1_001)])?.partitions).toMatchObject([
      { since: 1_000_000, hasCheckpoint: false },
    ]);
    expect(find("standsStill", since(now - 119), [came(now - 1)])).toBeUndefined();
    expect(
      find("standsStill", since(1_000), [partition({ ...fresh, lastEnqueuedAt: null })]),
    ).toBeUndefined();
  });

  it("is told for now only", () => {
    expect(find("standsStill", { spans, isLive: false }, [partition()])).toBeUndefined();
  });
});

describe("an owner with more than its share", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => fixtureGroupPartition({ partitionId: String(n) }));

  it("has more than an even share rounded up", () => {
    expect(find("uneven", {}, many(32), { a: 11, b: 11, c: 10 })).toBeUndefined();
    expect(find("uneven", {}, many(32), { a: 12, b: 10, c: 10 })).toEqual({
      kind: "uneven",
      owners: [{ ownerId: "a", partitions: 12 }],
      share: { least: 10, most: 11 },
      least: 10,
      isSettling: false,
    });
  });

  it("shares with others, and no partitions are free", () => {
    expect(find("uneven", {}, many(4), { a: 4 })).toBeUndefined();
    expect(find("uneven", {}, many(4), {})).toBeUndefined();
    // 20 of 32 are owned: 16 each would be even.
    expect(find("uneven", {}, many(32), { a: 15, b: 5 })).toBeUndefined();
  });

  it("may still settle for two minutes after a change", () => {
    const settling = (seconds: number) =>
      find("uneven", { changes: [change("claimed", "0", now - seconds, "a")] }, many(4), { a: 3, b: 1 });
    expect(settling(119)?.isSettling).toBe(true);
    expect(settling(120)?.isSettling).toBe(false);
  });

  it("is told for now only", () => {
    expect(find("uneven", { isLive: false }, many(4), { a: 3, b: 1 })).toBeUndefined();
  });
});
