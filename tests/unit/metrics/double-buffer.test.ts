import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { readExposition } from "#tests/support/exposition.ts";
import {
  checkpoint,
  hubReading,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { MeteredWorld } from "#tests/support/proxies/metered.ts";

const ids = Array.from({ length: 32 }, (_, index) => String(index));

async function refresh(orders: ReturnType<MeteredWorld["addHub"]>, position: number): Promise<void> {
  const groups = Array.from({ length: 40 }, (_, index) =>
    storedGroup(
      `group-${index}`,
      ids.map((id) => checkpoint(id, position)),
    ),
  );
  await orders.refresh(async () => hubReading(ids.map((id) => properties(id))), {
    main: async () => storeReading(groups),
  });
}

async function positionsTold(world: MeteredWorld): Promise<number[]> {
  const series = readExposition(await world.metrics.text());
  const lags = series.filter(({ name }) => name === "eventhubs_consumergroup_lag");
  const checkpoints = series.filter(({ name }) => name.endsWith("_checkpoint_sequence_number"));
  expect(lags).toHaveLength(40 * ids.length);
  expect(checkpoints).toHaveLength(40 * ids.length);
  return [...new Set([...lags.map(({ value }) => 99 - value), ...checkpoints.map(({ value }) => value)])];
}

it("serves the previous refresh whole while a large hub's text is written, and then the new one", async () => {
  const world = new MeteredWorld();
  const orders = world.addHub();
  await refresh(orders, 10);
  expect(await positionsTold(world)).toEqual([10]);
  await refresh(orders, 20);
  const during: number[][] = [];
  for (;;) {
    const told = await positionsTold(world);
    during.push(told);
    if (told.includes(20) || during.length > 1_000) break;
    await setImmediate();
  }
  expect(during.at(-1)).toEqual([20]);
  expect(during.slice(0, -1).every((told) => told.length === 1 && told[0] === 10)).toBe(true);
  expect(during.length).toBeGreaterThan(1);
});
