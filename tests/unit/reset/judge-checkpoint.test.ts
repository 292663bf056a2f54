import { describe, expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import type { LiveRecord } from "#lib/history/resets/reset-record.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import { toRecord } from "#lib/reset/live/progress.ts";
import type { EndedState } from "#lib/reset/live/state.ts";
import { judgeCheckpoint, type WatchedPartition } from "#lib/reset/watch/judge-checkpoint.ts";
import { ended } from "#tests/support/simulated/live-states.ts";

const written = Date.parse("2026-03-01T10:00:00Z");
const seconds = (s: number) => written + s * 1_000;

interface Case {
  target: number;
  old: number | null;
  lastOwnerId?: string | null;
  hasProgressed?: boolean;
  wasWritten?: boolean;
  live?: Partial<EndedState>;
}

function liveRecord(over: Partial<EndedState>): LiveRecord {
  return toRecord(ended({ target: 10, heldOff: "p1", ...over }), {} as LiveLimits);
}

function judge(
  { target, old, lastOwnerId = null, hasProgressed = false, wasWritten = true, live }: Case,
  standing: number | null,
  seen: Partial<WatchedPartition> & { writtenBy?: string; at?: number } = {},
): string {
  const { writtenBy = null, at = 20, ...over } = seen;
  const entry = {
    partitionId: "0",
    write: {
      partitionId: "0",
      blobName: "b",
      format: "common" as const,
      etag: "1",
      sequenceNumber: target,
      offset: "1",
    },
    before:
      old === null
        ? null
        : {
            blobName: "b",
            format: "common" as const,
            etag: "1",
            updatedAt: seconds(-600),
            sequenceNumber: old,
            offset: "1",
            metadata: {},
            headers: {},
            body: null,
          },
    lastOwnerId,
    after: wasWritten ? { etag: "2", updatedAt: written, sequenceNumber: target, offset: "1" } : null,
    ...(live && { live: liveRecord(live) }),
  };
  const checkpoint = { sequenceNumber: standing, offset: "1", updatedAt: seconds(at), writtenBy };
  const observation: WatchedPartition = { listedAt: seconds(at + 1), checkpoint, owner: null, ...over };
  return judgeCheckpoint("r1", entry, observation, hasProgressed).verdict;
}

const owned = (ownerId: string, renewed: number, state: "active" | "expired" | "released" = "active") => ({
  owner: { ownerId, lastRenewedAt: seconds(renewed), state },
});
const back = { target: 10, old: 50 };
const ahead = { target: 90, old: 50 };

describe("a checkpoint after a reset", () => {
  it.each([
    ["our own", () => judge(back, 10, { writtenBy: "tidemark/r1/0", at: 0 }), "stands"],
    ["our own, listed again later", () => judge(back, 10, { writtenBy: "tidemark/r1/0" }), "stands"],
    ["the old one, from a listing before the write", () => judge(back, 50, { at: -30 }), "stands"],
    [
      "the old one, listed in the very second of the write",
      () => judge(back, 50, { at: 0, listedAt: written }),
      "stands",
    ],
    ["the target, written again by a processor", () => judge(back, 10), "stands"],
    ["progress between target and old position", () => judge(back, 11), "progress"],
    [
      "progress past the old position, after some of it was seen",
      () => judge({ ...back, hasProgressed: true }, 51),
      "progress",
    ],
    ["a newcomer past the old position", () => judge(back, 99, owned("new", 5)), "progress"],
    ["one who claimed in the second of the write", () => judge(back, 99, owned("new", 0)), "progress"],
    ["a newcomer that has gone again", () => judge(back, 99, owned("", 15, "released")), "progress"],
    ["progress from a target ahead", () => judge(ahead, 91), "progress"],
    ["progress where there was no checkpoint before", () => judge({ target: 10, old: null }, 99), "progress"],
    [
      "a newcomer's where there was no checkpoint before",
      () => judge({ target: 10, old: null, lastOwnerId: "p1" }, 99, owned("p2", 15)),
      "progress",
    ],
    [
      "progress where there was no checkpoint before, of one that held it then and was seen to go on from the target",
      () => judge({ target: 10, old: null, lastOwnerId: "p1", hasProgressed: true }, 99, owned("p1", 15)),
      "progress",
    ],
    [
      "one who held it where there was no checkpoint before",
      () => judge({ target: 10, old: null, lastOwnerId: "p1" }, 99, owned("p1", 15)),
      "overwritten",
    ],
    ["progress from where it stood", () => judge({ target: 50, old: 50 }, 51), "progress"],
    ["another reset's", () => judge(back, 77, { writtenBy: "tidemark/r2/0" }), "over"],
    [
      "a late arrival",
      () => judge({ ...back, wasWritten: false }, 10, { writtenBy: "tidemark/r1/0" }),
      "arrived",
    ],
    ["nothing that was ours", () => judge({ ...back, wasWritten: false }, 50), "stands"],
    ["the old position", () => judge(back, 50), "overwritten"],
    ["one that goes on from the old position, owning nothing", () => judge(back, 51), "overwritten"],
    [
      "the processor of before, awake again",
      () => judge({ ...back, lastOwnerId: "p1" }, 51, owned("p1", 15)),
      "overwritten",
    ],
    [
      "the processor of before, which does not renew",
      () => judge({ ...back, lastOwnerId: "p1" }, 51, owned("p1", -90, "expired")),
      "overwritten",
    ],
    [
      "one who held it before the write, as was seen later",
      () => judge({ ...back, lastOwnerId: "p2" }, 50, owned("p2", 1)),
      "overwritten",
    ],
    ["a jump back before the target", () => judge(ahead, 51, owned("new", 5)), "overwritten"],
    ["a jump back, even after progress", () => judge({ ...back, hasProgressed: true }, 9), "overwritten"],
    ["something unreadable", () => judge(back, null), "overwritten"],
    ["a deleted blob", () => judge(back, 0, { checkpoint: null }), "overwritten"],
  ])("that is %s is judged so", (_what, verdict, expected) => {
    expect(verdict()).toBe(expected);
  });

  const came = (ownerId: string) => ({ owner: { ownerId, seenAt: written } });
  const liveBack = (live: Partial<EndedState>) => ({ ...back, lastOwnerId: "p1", live });
  it.each([
    ["past the old place, by whom it held off", () => judge(liveBack({}), 51, owned("p1", 15)), "open"],
    ["the same, where it came back in time", () => judge(liveBack(came("p1")), 51, owned("p1", 15)), "open"],
    [
      "the same, where there was no checkpoint",
      () => judge({ ...liveBack({}), old: null }, 51, owned("p1", 15)),
      "open",
    ],
    [
      "past the old place, while nobody owns it",
      () => judge(liveBack({}), 51, owned("", 2, "released")),
      "open",
    ],
    ["past the old place, by one that came later", () => judge(liveBack({}), 51, owned("p2", 15)), "open"],
    [
      "past the old place, by another that was seen with the target",
      () => judge(liveBack(came("p2")), 51, owned("p2", 15)),
      "progress",
    ],
    [
      "past the old place, where it was seen to go on",
      () => judge(liveBack({ ...came("p1"), resumedBy: "p1" }), 51, owned("p1", 15)),
      "progress",
    ],
    [
      "past the old place, where there was nothing left to store",
      () => judge(liveBack({ highest: 50, streamEnd: 50 }), 51, owned("p1", 15)),
      "progress",
    ],
    [
      "past the old place, where it held nobody off",
      () => judge(liveBack({ heldOff: null }), 51, owned("p2", 5)),
      "progress",
    ],
    [
      "past the old place, by a reader that owns nothing and was not seen to go on",
      () => judge(liveBack({ heldOff: null }), 51),
      "open",
    ],
    [
      "past the old place, by a reader that owns nothing and was seen to go on",
      () => judge(liveBack({ heldOff: null, readFrom: written }), 51),
      "progress",
    ],
    [
      "before the old place, by a reader that owns nothing",
      () => judge(liveBack({ heldOff: null }), 49),
      "progress",
    ],
    [
      "past the target, by a reader that owns nothing, where that lies ahead",
      () => judge({ ...ahead, live: { heldOff: null } }, 91),
      "progress",
    ],
    [
      "before the target, by a reader that owns nothing, where that lies ahead",
      () => judge({ ...ahead, live: { heldOff: null } }, 51),
      "overwritten",
    ],
    ["between target and old place", () => judge(liveBack({}), 11, owned("p1", 15)), "progress"],
    ["before the target", () => judge(liveBack({}), 9, owned("p1", 15)), "overwritten"],
  ])("after a live reset is judged so: %s", (_what, verdict, expected) => {
    expect(verdict()).toBe(expected);
  });

  it("is told with who wrote it, when and where", () => {
    const seen = {
      listedAt: seconds(21),
      checkpoint: { sequenceNumber: 51, offset: "1", updatedAt: seconds(20), writtenBy: null },
      ...owned("p1", 15),
    };
    const write = {
      partitionId: "0",
      blobName: "b",
      format: "common" as const,
      etag: "1",
      sequenceNumber: 90,
      offset: "1",
    };
    const after = { etag: "2", updatedAt: written, sequenceNumber: 90, offset: "1" };
    expect(
      judgeCheckpoint("r1", { partitionId: "0", write, before: null, lastOwnerId: null, after }, seen, false),
    ).toEqual({
      verdict: "overwritten",
      reason: reason("overwrittenBefore", {
        writer: "p1",
        writtenAt: "2026-03-01T10:00:20.000Z",
        sequenceNumber: 51,
        targetSequenceNumber: 90,
      }),
    });
  });
});
