import { expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";

const unread = new AppError("azureFailed", "The partition did not answer.");

/**
 * Ten events a second into each of two partitions; a checkpoint, 50 events behind, at each second of
 * `commits`.
 */
async function after(seconds: number, commits: Record<string, number[]>, missing: readonly string[] = []) {
  const at = (second: number) => noon + second * 1000;
  let second = 0;
  const hub = monitoredHub(
    async () => {
      const last = 1_000 + second * 10;
      const { partitions, ...rest } = hubReading(
        ["0", "1"].map((id) =>
          properties(id, { lastEnqueuedSequenceNumber: last, lastEnqueuedAt: at(second) }),
        ),
        at(second),
      );
      return {
        ...rest,
        partitions: partitions.map((partition) =>
          missing.includes(partition.partitionId)
            ? { partitionId: partition.partitionId, properties: null, error: unread }
            : partition,
        ),
      };
    },
    {
      main: async () => {
        const checkpoints = Object.entries(commits).flatMap(([id, times]) => {
          const newest = times.filter((time) => time <= second).at(-1);
          return newest === undefined ? [] : [checkpoint(id, 950 + newest * 10, at(newest))];
        });
        return storeReading([storedGroup("billing", checkpoints)], at(second));
      },
    },
  );
  const refresh = refresher(hub);
  let snapshot = await refresh(at(second));
  for (second = 10; second <= seconds; second += 10) snapshot = await refresh(at(second));
  const { eventsInPerSecond: into, eventsOutPerSecond: out } = snapshot.groups[0]?.group ?? {};
  return { hub: snapshot.eventHub.eventsInPerSecond, into, out };
}

it("has no rate for a group while a partition with waiting events lacks one", async () => {
  const commits = { 0: [0, 10, 20, 30, 40, 50], 1: [0, 40] };
  expect(await after(0, commits)).toEqual({ hub: null, into: null, out: null });
  expect(await after(30, commits)).toEqual({ hub: 20, into: 20, out: null });
  expect(await after(50, commits)).toEqual({ hub: 20, into: 20, out: 20 });
});

it("has no rate for a hub, nor for its groups, while a partition can't be read", async () => {
  const commits = { 0: [0, 10, 20, 30, 40], 1: [0, 10, 20, 30, 40] };
  expect(await after(40, commits, ["1"])).toEqual({ hub: null, into: null, out: 20 });
});

it("counts no output for a partition without a checkpoint", async () => {
  expect(await after(40, { 0: [0, 10, 20, 30, 40] })).toEqual({ hub: 20, into: 20, out: 10 });
});

it("has rates for a hub that takes longer than a minute to be read, and none across an outage", async () => {
  const ratesWith = async (perSecond: number | null) => {
    let now = noon;
    const hub = monitoredHub(
      async () => {
        const last = 1_000 + (now - noon) / 100;
        return hubReading([properties("0", { lastEnqueuedSequenceNumber: last, lastEnqueuedAt: now })], now);
      },
      {
        main: async () =>
          storeReading([storedGroup("billing", [checkpoint("0", 950 + (now - noon) / 100, now)])], now),
      },
    );
    const pace = () => (perSecond === null ? null : { perSecond, isBusy: false });
    const refresh = refresher({ ...hub, hub: { ...hub.hub, pace } });
    let snapshot = await refresh(now);
    // Two reads at 0.02 a second take 100 seconds.
    for (let turn = 0; turn < 3; turn += 1) {
      now += 100_000;
      snapshot = await refresh(now);
    }
    const { eventsInPerSecond: into, eventsOutPerSecond: out } = snapshot.groups[0]?.group ?? {};
    return { hub: snapshot.eventHub.eventsInPerSecond, into, out };
  };
  expect(await ratesWith(0.02)).toEqual({ hub: 10, into: 10, out: 10 });
  expect(await ratesWith(null)).toMatchObject({ hub: null, into: null });
});
