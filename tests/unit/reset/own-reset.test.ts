import { beforeEach, expect, it } from "vitest";
import type { Moment } from "#lib/core/moment.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import { OwnReset, ResetLost } from "#lib/reset/apply/own-reset.ts";

let now: Moment;
beforeEach(() => {
  now = { uptimeMs: 0, wallMs: 0 };
});

function pass(ms: number, wallMs = ms): void {
  now = { uptimeMs: now.uptimeMs + ms, wallMs: now.wallMs + wallMs };
}

/** @param answersAfterMs how long each beat takes, in order; further beats take as long as the last */
function own(...answersAfterMs: number[]) {
  let beats = 0;
  const heartbeat = async () => {
    pass(answersAfterMs[Math.min(beats, answersAfterMs.length - 1)] ?? 0);
    beats += 1;
    return true;
  };
  const reset = new OwnReset({
    records: { heartbeat, note: async () => true, end: async () => true },
    reset: { id: "r1" } as ResetRecord,
    instance: "one",
    onStep: () => {},
    clock: () => now,
  });
  return { reset, beats: () => beats };
}

it("is sure of a reset only for a while after a beat was sent", async () => {
  const { reset, beats } = own(100);
  pass(2_400);
  await reset.confirm();
  expect(beats()).toBe(0);
  pass(200);
  await reset.confirm();
  expect(beats()).toBe(1);
});

it("beats again when the answer took as long as another dashboard needs to take over", async () => {
  const { reset, beats } = own(6_500, 2_600, 100);
  pass(3_000);
  await reset.confirm();
  expect(beats()).toBe(3);
});

it("gives a reset up when every answer takes that long", async () => {
  const { reset } = own(2_500);
  pass(3_000);
  await expect(reset.confirm()).rejects.toThrow(ResetLost);
});

it("notices that the machine was suspended, whichever clock says so", async () => {
  for (const slept of [
    { uptimeMs: 0, wallMs: 60_000 },
    { uptimeMs: 60_000, wallMs: -3_600_000 },
  ]) {
    const { reset, beats } = own(100);
    pass(slept.uptimeMs, slept.wallMs);
    await reset.confirm();
    expect(beats()).toBe(1);
  }
});
