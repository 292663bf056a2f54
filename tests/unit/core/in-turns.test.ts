import { expect, it, vi } from "vitest";
import { defaultRules } from "#lib/alerts/default-rules.ts";
import { observeHubInTurns } from "#lib/alerts/observe-hub.ts";
import { rememberedRows } from "#lib/history/remembered/write-remembered.ts";
import { refreshBatch } from "#lib/history/writing/refresh-batch.ts";
import { Metrics } from "#lib/metrics/metrics.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { RefreshedHub } from "#tests/support/simulated/refreshed-hub.ts";

const ids = Array.from({ length: 256 }, (_, index) => String(index));
const groups = 4;

function largeHub() {
  const stored = Array.from({ length: groups }, (_, index) =>
    storedGroup(
      `group-${index}`,
      ids.map((id) => checkpoint(id, 10)),
      ids.map((id) => ownership(id, "processor-a")),
    ),
  );
  const read = async () => hubReading(ids.map((id) => properties(id)));
  return new RefreshedHub(monitoredHub(read, { main: async () => storeReading(stored) }));
}

/** How often others run while `work` does, on a clock by which whatever is done takes too long. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let now = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => {
    now += 10;
    return now;
  });
  let turns = 0;
  let isDone = false;
  const other = () => {
    turns += 1;
    if (!isDone) setImmediate(other);
  };
  setImmediate(other);
  await work();
  isDone = true;
  clock.mockRestore();
  return turns;
}

/** Each takes tens of milliseconds at 10,000 partitions, and is done at each refresh. */
it("lets others run while a large hub's refresh is made and told", async () => {
  const hub = largeHub();
  await hub.refresh();
  const slices = (groups * ids.length) / 64;
  // Each group's partitions are looked at three times.
  expect(await turnsDuring(() => hub.refresh())).toBeGreaterThanOrEqual(3 * slices);
  const { snapshot, memory } = hub;
  const metrics = new Metrics({
    refreshSeconds: 10,
    snapshots: () => [snapshot],
    partitionMetrics: () => true,
    clock: () => noon,
  });
  expect(await turnsDuring(() => metrics.takeIn(snapshot))).toBeGreaterThanOrEqual(groups);
  expect(await turnsDuring(() => metrics.samples())).toBeGreaterThanOrEqual(groups);
  const observing = () => observeHubInTurns(defaultRules, snapshot, noon);
  expect(await turnsDuring(observing)).toBeGreaterThanOrEqual(groups * (defaultRules.length - 1));
  const batch = refreshBatch(snapshot, 10, "sqlite", memory, noon);
  if (batch === null) throw new Error("Nothing was read.");
  const remembering = () => rememberedRows(batch, new Map(), (entry) => batch.entries.indexOf(entry));
  expect(await turnsDuring(remembering)).toBeGreaterThanOrEqual(groups);
});
