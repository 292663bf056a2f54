import { expect, it } from "vitest";
import { RecentBatches } from "#lib/history/writing/recent-batches.ts";
import { type RefreshBatch, refreshBatch, seriesKey } from "#lib/history/writing/refresh-batch.ts";
import { group, hub, refresh } from "#tests/support/fixtures/refresh.ts";

const at = Date.UTC(2026, 0, 15, 12);

function batchOf(index: number): RefreshBatch {
  const lags = Array.from({ length: 100 }, () => 5);
  const batch = refreshBatch(refresh({ at: at + index * 10_000, lags }), 10, "sqlite");
  if (batch === null) throw new Error("Nothing was read.");
  return batch;
}

it("keeps the samples of a written refresh, and drops what only the writing needs", () => {
  const recent = new RecentBatches();
  const [written, waiting] = [batchOf(0), batchOf(1)];
  const whole = written.bytes;
  for (const batch of [written, waiting]) recent.add(batch);
  written.isWritten = true;
  recent.noteWritten(written);
  expect(written.entries.map(({ owners }) => owners)).toEqual([null, null]);
  expect(written.bytes).toBeLessThan(whole / 5);
  expect(waiting.entries[1]?.owners?.ownerships.size).toBe(100);
  expect(recent.nextToWrite()).toBe(waiting);
  const samples = recent.samples(seriesKey(hub, group), at - 1, "sums");
  expect(samples.map((sample) => [sample.at, sample.value])).toEqual([
    [at, 500],
    [at + 10_000, 500],
  ]);
});

it("keeps the events out that add up, not those that are shown", () => {
  const seen = refresh({ at, lags: [5] });
  const outOf = (eventsOutOverWindow: number | null | undefined) => {
    const groups = seen.groups.map((each) => ({
      ...each,
      group: { ...each.group, eventsOutPerSecond: 8 },
      ...(eventsOutOverWindow !== undefined && { eventsOutOverWindow }),
    }));
    const batch = refreshBatch({ ...seen, groups }, 10, "sqlite");
    const recent = new RecentBatches();
    recent.add(batch ?? expect.fail());
    return recent.samples(seriesKey(hub, group), at - 1, "sums")[0]?.eventsOutPerSecond;
  };
  expect(outOf(1.5)).toBe(1.5);
  expect(outOf(null)).toBeNull();
  expect(outOf(undefined)).toBe(8);
});
