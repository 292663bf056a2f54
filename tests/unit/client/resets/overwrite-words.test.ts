import { expect, it } from "vitest";
import type { LiveProgress } from "#lib/api/plans/live-progress.ts";
import type { Reset } from "#lib/api/resets.ts";
import { overwritesText, overwriteText } from "#lib/client/resets/overwrite-words.ts";
import { fixtureLive, fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { ago, fixtureNow } from "#tests/support/worlds/fixture-world.ts";

type Overwrite = NonNullable<LiveProgress["overwrite"]>;

function entry(id: number, rewrites: number, overwrite: Overwrite | null, more: Partial<LiveProgress> = {}) {
  const live = fixtureLive({ heldOff: "worker-1", rewrites, overwrite, ...more });
  return fixtureResetEntry({ partitionId: `${id}`, result: "pending", live });
}
const by = (times: number, over: Partial<Overwrite> = {}): Overwrite => ({
  ownerId: "worker-1",
  sequenceNumber: 9_604_499,
  times,
  ...over,
});
const say = (entries: ReturnType<typeof entry>[], over: Partial<Reset> = {}) =>
  overwritesText(fixtureReset(entries, { mode: "live", state: "running", ...over }), fixtureNow);

it("names who keeps storing which position, and what to do", () => {
  const stuck = entry(9, 12, by(12));
  const text = "Overwritten 12 times: worker-1 keeps storing 9,604,499. Stop or restart it.";
  expect(overwriteText(stuck, fixtureNow)).toBe(text);
  expect(say([stuck, entry(1, 0, null)])).toBe(text);
});

it("asks to stop nobody who stored once, or moves on", () => {
  expect(say([entry(9, 1, by(1))])).toBe(
    "Overwritten once: worker-1 stored 9,604,499, and it was written again.",
  );
  expect(say([entry(9, 3, by(1, { ownerId: null, sequenceNumber: null }))])).toBe(
    "Overwritten 3 times: a processor without ownership stored an unreadable checkpoint, and it was written again.",
  );
  expect(say([entry(9, 3, by(1)), entry(10, 1, by(1))])).toBe(
    "Overwritten 4 times in total, on partitions 9, 10. Each was written again.",
  );
});

it("asks to stop nobody once the pause has ended: nothing was overwritten for its time", () => {
  const over = "Overwritten 12 times: worker-1 stored 9,604,499, and it was written again.";
  for (const step of ["releasing", "verifying"] as const)
    expect(say([entry(9, 12, by(12), { step })])).toBe(over);
});

it("asks to stop nobody once it is quiet for long: that process has ended", () => {
  // It stored every 10 s.
  const last = (seconds: number) =>
    entry(9, 12, by(12), { since: ago(seconds), pausedAt: ago(seconds + 120) });
  expect(say([last(29)])).toContain("worker-1 keeps storing 9,604,499. Stop or restart it.");
  expect(say([last(31)])).toBe("Overwritten 12 times: worker-1 stored 9,604,499, and it was written again.");
  // One that stores each second may still pause for a while.
  const quick = (seconds: number) =>
    entry(9, 12, by(12), { since: ago(seconds), pausedAt: ago(seconds + 12) });
  expect(say([quick(14)])).toContain("keeps storing");
  expect(say([quick(16)])).not.toContain("keeps storing");
});

it("sums several partitions up by those that are stuck", () => {
  expect(say([entry(2, 5, by(5)), entry(4, 5, by(5)), entry(6, 1, by(1))])).toBe(
    "Overwritten 11 times in total: worker-1 keeps storing old positions of partitions 2, 4. Stop or restart it.",
  );
  expect(say([entry(2, 5, by(5)), entry(4, 5, by(5, { ownerId: "worker-2" }))])).toBe(
    "Overwritten 10 times in total: 2 processors keep storing old positions of partitions 2, 4. Stop or restart them.",
  );
});

it("is silent when nothing is overwritten, or nothing runs any more", () => {
  const stuck = entry(9, 12, by(12));
  expect(say([entry(9, 0, null)])).toBeNull();
  expect(say([stuck], { state: "failed" })).toBeNull();
  expect(say([stuck], { mode: "offline" })).toBeNull();
  expect(say([entry(9, 12, by(12), { step: "ended" })])).toBeNull();
});
