import { expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import { largestBusySeconds, noCommits } from "#lib/lag/commits.ts";
import { defaultLiveSettings, quietSecondsOf, waveSize } from "#lib/reset/group/live-pace.ts";
import { limitsOf } from "#lib/reset/live/limits.ts";
import type { EndedState } from "#lib/reset/live/state.ts";
import { openIn, openReason, troubleIn } from "#lib/reset/live/waves.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { ended } from "#tests/support/simulated/live-states.ts";

it.each([
  [1, null, 15],
  [30, null, 60],
  [1, 25, 75],
  [60, 25, 120],
])(
  "is quiet for long enough: a handler of %i s, checkpoints %s s apart, %i s",
  (handlerSeconds, seen, quiet) => {
    expect(quietSecondsOf(15, { handlerSeconds, checkpointSeconds: seen })).toBe(quiet);
  },
);

it("leaves time to renew a hold of any length and to drain a queue of several batches", () => {
  const pace = { handlerSeconds: 600, checkpointSeconds: null, expirationSeconds: 60 };
  const { renewMs, overallMs, quietMs } = limitsOf(defaultLiveSettings, pace);
  expect(renewMs).toBeLessThanOrEqual(5_000);
  expect(overallMs).toBeGreaterThanOrEqual(4 * quietMs);
});

it.each([
  [8, 32, 8],
  [8, 4, 2],
  [8, 3, 1],
  [8, 1, 1],
  [1, 32, 1],
])("never takes more than half of a hub at once: %i of %i are %i", (wanted, partitions, size) => {
  expect(waveSize(wanted, partitions)).toBe(size);
});

it("counts the time between commits only when it was spent on work", () => {
  const commit = (seconds: number, lag: number | null, blindSeconds = 0) => ({
    sequenceNumber: 1,
    at: seconds * 1_000,
    lag,
    blindMs: blindSeconds * 1_000,
  });
  const ring = (commits: ReturnType<typeof commit>[]) => ({ ...noCommits, commits });
  expect(largestBusySeconds(noCommits, null)).toBeNull();
  // An hour without events is not a handler of an hour.
  expect(largestBusySeconds(ring([commit(0, 0), commit(3_600, 5), commit(3_612, null)]), null)).toBe(12);
  expect(largestBusySeconds(ring([commit(0, 0), commit(10, 0)]), null)).toBeNull();
  expect(largestBusySeconds(ring([commit(0, 9), commit(4_000, 9)]), null)).toBe(300);
  // Nor is an hour in which nobody watched: the handler was seen at work for 5 s, or not at all.
  expect(largestBusySeconds(ring([commit(0, 9), commit(3_600, 9, 3_595)]), null)).toBe(5);
  expect(largestBusySeconds(ring([commit(0, 9), commit(3_600, 9, 3_600)]), null)).toBeNull();
  // Nor is the wait for another owner.
  const handedOver = ring([commit(0, 9), commit(40, 9), commit(44, 9)]);
  expect(largestBusySeconds(handedOver, null)).toBe(40);
  expect(largestBusySeconds(handedOver, 40_000)).toBe(4);
});

const moved = reason("deletedAfterRelease");
const whoKnows = reason("stoodUnknown");

it("begins nothing more after a partition failed, but goes on after one that was left alone", () => {
  const seven = (result: "written" | "conflict" | "overwritten", isVerified: boolean) => ({
    partitionId: "7",
    state: ended({ end: { result, isVerified, reason: moved } }),
  });
  expect(troubleIn([seven("written", true), seven("conflict", false)], false, 2)).toBeNull();
  for (const wave of [[seven("written", true), seven("overwritten", false)], [seven("written", false)]])
    expect(troubleIn(wave, false, 2)).toEqual(
      reason("waveWentWrong", { partitionIds: ["7"], rest: 2, because: moved }),
    );
});

it("begins nothing more when the result is unknown, unless most of the wave was seen to go on from the target", () => {
  const jump = { sequenceNumber: 9, seenAt: 0, by: null };
  const open = ended({ jump, end: { result: "unknown", reason: whoKnows, isVerified: false } });
  const [resumed, stood] = [ended({ resumedBy: "p" }), ended()];
  const wave = (...states: EndedState[]) =>
    states.map((each, index) => ({ partitionId: String(index), state: each }));

  const trouble = like("waveWentWrong", { partitionIds: ["0"] });
  expect(troubleIn(wave(open), false, 2)).toEqual(
    reason("waveWentWrong", { partitionIds: ["0"], rest: 2, because: whoKnows }),
  );
  expect(troubleIn(wave(open, resumed), false, 2)).toEqual(trouble);
  expect(troubleIn(wave(open, stood, stood), false, 2)).toEqual(trouble);
  expect(troubleIn(wave(open, resumed, resumed), false, 2)).toBeNull();
  expect(openReason(openIn(wave(resumed, open, resumed)))).toEqual(
    like("someUnknown", { partitionIds: ["1"] }),
  );
  expect(openReason(openIn(wave(resumed)))).toBeNull();
  // Failed looks or a break-off do not count as such.
  const broken = { result: "failed" as const, reason: moved, isHurried: false };
  for (const other of [
    { ...open, jump: null },
    { ...open, broken },
  ])
    expect(troubleIn(wave(other, resumed, resumed), false, 2)).toEqual(trouble);
});
