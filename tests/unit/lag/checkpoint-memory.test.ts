import { describe, expect, it } from "vitest";
import {
  type CheckpointMemory,
  isAheadForLong,
  isPlain,
  observeCheckpoint,
  recallCheckpoint,
} from "#lib/lag/checkpoint-memory.ts";
import { checkpoint, partition } from "./samples.ts";

const start = Date.UTC(2026, 0, 15, 12);

function looks(
  count: number,
  everyMs: number,
  at: (turn: number) => { last: number; cp?: number; updatedAt?: number },
): { memory: CheckpointMemory | null; now: number } {
  let memory: CheckpointMemory | null = null;
  let now = start;
  for (let turn = 0; turn < count; turn += 1) {
    now = start + turn * everyMs;
    const { last, cp = 5_000, updatedAt = start - 60_000 } = at(turn);
    const input = { checkpoint: checkpoint(cp, { updatedAt }), partition: partition(0, last), now };
    memory = observeCheckpoint(memory, input);
  }
  return { memory, now };
}

const isLong = ({ memory, now }: ReturnType<typeof looks>) => isAheadForLong(memory, now);

describe("a checkpoint that is ahead of the stream", () => {
  it("counts after more than 3 refreshes, even while events come in", () => {
    expect(isLong(looks(3, 10_000, (turn) => ({ last: 3 + turn })))).toBe(false);
    expect(isLong(looks(4, 10_000, (turn) => ({ last: 3 + turn })))).toBe(true);
    expect(isLong(looks(4, 10_000, () => ({ last: -1 })))).toBe(true);
  });

  it("counts after at least 10 s with faster refreshes", () => {
    expect(isLong(looks(10, 1_000, () => ({ last: 3 })))).toBe(false);
    expect(isLong(looks(11, 1_000, () => ({ last: 3 })))).toBe(true);
  });

  it("starts over with each new checkpoint, as of a healthy group, and when the stream catches up", () => {
    const moving = looks(20, 10_000, (turn) => ({ last: 4_000 + turn, cp: 5_000 + turn }));
    expect(isLong(moving)).toBe(false);
    const rewritten = looks(20, 10_000, (turn) => ({ last: 3, updatedAt: start + turn * 10_000 }));
    expect(isLong(rewritten)).toBe(false);
    expect(isLong(looks(7, 10_000, (turn) => ({ last: turn === 3 ? 5_000 : 3 })))).toBe(false);
    expect(isLong(looks(8, 10_000, (turn) => ({ last: turn === 3 ? 5_000 : 3 })))).toBe(true);
  });

  it("continues over a restart and over a refresh that could not read the partition", () => {
    const { memory, now } = looks(3, 10_000, () => ({ last: 3 }));
    const stored = checkpoint(5_000, { updatedAt: start - 60_000 });
    const unread = observeCheckpoint(memory, { checkpoint: stored, partition: null, now: now + 10_000 });
    expect(unread).toBe(memory);
    const after = { checkpoint: stored, partition: partition(0, 3), now: now + 20_000 };
    expect(isAheadForLong(observeCheckpoint(unread, after), after.now)).toBe(true);
    if (memory === null) throw new Error("nothing stands");
    // The history comes after the first observation.
    const recalled = recallCheckpoint(memory, observeCheckpoint(null, after));
    expect(recalled).toMatchObject({ aheadSince: start, aheadRefreshes: 3 });
    expect(isAheadForLong(observeCheckpoint(recalled, after), after.now)).toBe(true);
    const other = observeCheckpoint(null, { ...after, checkpoint: checkpoint(6_000) });
    expect(recallCheckpoint(memory, other)).toBe(other);
  });

  it("is not one that was set to the start, or that says nothing was read", () => {
    for (const over of [
      { offset: "-1" },
      { offset: "-1", format: "eph" },
      { unreadable: "It is blank." },
    ] as const) {
      const stored = checkpoint(5_000, over);
      const memory = observeCheckpoint(null, { checkpoint: stored, partition: partition(0, 3), now: start });
      expect(memory?.aheadSince).toBeNull();
    }
  });
});

it("remembers where the stream began when a checkpoint at the start was first seen", () => {
  const stored = checkpoint(0, { offset: "-1" });
  const first = observeCheckpoint(null, { checkpoint: stored, partition: null, now: start });
  expect(first?.firstSeenBegin).toBeNull();
  const read = observeCheckpoint(first, { checkpoint: stored, partition: partition(40, 99), now: start });
  expect(read?.firstSeenBegin).toBe(40);
  const later = observeCheckpoint(read, { checkpoint: stored, partition: partition(60, 99), now: start });
  expect(later).toBe(read);
  const anew = { checkpoint: { ...stored, updatedAt: start }, partition: partition(60, 99), now: start };
  expect(observeCheckpoint(read, anew)?.firstSeenBegin).toBe(60);
});

it("stores nothing about an ordinary checkpoint", () => {
  const look = { partition: partition(0, 9_000), now: start };
  const plain = observeCheckpoint(null, { ...look, checkpoint: checkpoint(5_000) });
  const atStart = observeCheckpoint(null, { ...look, checkpoint: checkpoint(-1, { offset: "-1" }) });
  expect([plain, atStart].map((each) => each !== null && isPlain(each))).toEqual([true, false]);
  expect(observeCheckpoint(plain, { ...look, checkpoint: null })).toBeNull();
});
