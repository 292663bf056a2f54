import { expect, it } from "vitest";
import { runOffline } from "#lib/reset/apply/run-offline.ts";
import { putManyBlobs } from "#tests/support/azurite.ts";
import { engines, newPlace, openHistory } from "#tests/support/history.ts";
import { localNamespace, startLocalWorld } from "#tests/support/local-world.ts";
import { begun, placeOf, plannedNow, runToEnd } from "#tests/support/reset-world.ts";

const partitionCount = 1_024;

it.each(engines)(
  "applies a reset of 1,024 partitions in under 30 s, recorded in %s",
  async (kind) => {
    const world = await startLocalWorld([{ name: "orders", partitionCount }]);
    const ids = Array.from({ length: partitionCount }, (_, index) => String(index));
    for (const id of ids) world.enqueue("orders", id, 100);
    const folder = `${localNamespace}/orders/big`;
    await putManyBlobs(world.container, partitionCount, (i) => `${folder}/checkpoint/${i}`, {
      sequencenumber: "90",
      offset: "5760",
    });
    await putManyBlobs(world.container, partitionCount, (i) => `${folder}/ownership/${i}`, {
      ownerid: "gone",
    });
    const history = await openHistory(await newPlace(kind));
    const reset = await begun(history, world, "big", await plannedNow(world, "big", ids, 9));
    const place = placeOf(world, "big", { ownershipExpirationSeconds: 1 });
    await expect
      .poll(async () => {
        const { readAt, groups } = await place.readStore(AbortSignal.timeout(10_000));
        return readAt - (groups.get("big")?.ownerships.get("1023")?.lastRenewedAt ?? readAt);
      })
      .toBeGreaterThan(1_000);
    let steps = 0;
    const startedAt = performance.now();
    const { results } = await runToEnd(history, reset, place, runOffline, { onStep: () => (steps += 1) });
    const seconds = (performance.now() - startedAt) / 1_000;
    console.log(`${kind}: ${seconds.toFixed(1)} s, ${steps} steps`);
    expect(new Set(Object.values(results))).toEqual(new Set(["written"]));
    expect(seconds).toBeLessThan(30);
    await world.stop();
  },
  120_000,
);
