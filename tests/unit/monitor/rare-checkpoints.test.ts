import { expect, it } from "vitest";
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

const at = (second: number) => noon + second * 1000;

const end = (second: number) => 1_000 + second * 10 + Math.min(120, Math.max(0, second - 2_500)) * 90;

/** Refreshed every 10 s; the group catches up every five minutes, a second before a refresh. */
async function seenAt(seconds: number) {
  let second = 0;
  const hub = monitoredHub(
    async () =>
      hubReading(
        [properties("0", { lastEnqueuedSequenceNumber: end(second), lastEnqueuedAt: at(second) })],
        at(second),
      ),
    {
      main: async () => {
        const newest = Math.floor((second + 1) / 300) * 300 - 1;
        const stored = newest < 0 ? [] : [checkpoint("0", end(newest), at(newest))];
        return storeReading([storedGroup("billing", stored)], at(second));
      },
    },
  );
  const refresh = refresher(hub);
  for (; second < seconds; second += 10) await refresh(at(second));
  const { groups } = await refresh(at(seconds));
  return { group: groups[0]?.group, partition: groups[0]?.partitions[0] };
}

it.each([2_400, 2_490, 2_530, 2_620, 2_690])("says at second %i that a group keeps pace", async (second) => {
  const { group, partition } = await seenAt(second);
  expect(group?.lagChangePerSecond).toBeCloseTo(0);
  expect(group?.lagSecondsAtCheckpoint).toBeLessThan(2);
  expect(partition?.pace?.eventsInPerSecond).toBeCloseTo(partition?.pace?.eventsOutPerSecond ?? 0);
  expect(partition?.lagSecondsAtCheckpoint).toBe(group?.lagSecondsAtCheckpoint);
  expect(partition?.eventsInPerSecond).toBeCloseTo((end(second) - end(second - 60)) / 60);
  expect(partition?.eventsOutPerSecond).toBeCloseTo(10);
});
