import type { LocalWorld } from "./local-world.ts";
import { startLocalWorld } from "./local-world.ts";

/**
 * Starts the world of the browser tests: three hubs with groups in most states.
 * @param partitionCount of `telemetry`, 31 at least
 */
export async function startBrowserWorld(partitionCount: number): Promise<LocalWorld> {
  const world = await startLocalWorld([
    {
      name: "orders",
      partitionCount: 4,
      consumerGroups: ["billing", "fraud-check", "archive", "tidemark"],
      firstSequenceNumber: 48_000,
    },
    { name: "telemetry", partitionCount, consumerGroups: ["enrich"] },
    { name: "refunds", partitionCount: 2, consumerGroups: ["notify"] },
  ]);
  const first = 48_000;
  for (const partitionId of ["0", "1", "2", "3"]) {
    world.enqueue("orders", partitionId, 500);
    const last = first + 499;
    await world.checkpoint("orders", "billing", partitionId, last);
    await world.own("orders", "billing", partitionId, `billing-${Number(partitionId) % 2}`);
    await world.checkpoint("orders", "fraud-check", partitionId, last - 100 * (Number(partitionId) + 1));
    await world.checkpoint("orders", "archive", partitionId, first + 10);
    world.eventHubs.trim("orders", partitionId, first + 50);
  }
  await world.own("orders", "fraud-check", "0", "fraud-check-0");
  await world.own("orders", "fraud-check", "1", "");
  const broken = world.container.getBlockBlobClient("localhost/orders/broken/checkpoint/0");
  await broken.upload("", 0, { metadata: { offset: "12", sequencenumber: "not-a-number" } });
  // The hub has no such partitions, so a reset can't repair these.
  for (const rest of ["checkpoint/31", "checkpoint/a/b"]) {
    const name = `localhost/orders/broken/${rest}`;
    await world.container.getBlockBlobClient(name).upload("", 0, { metadata: { offset: "12" } });
  }
  world.enqueue("telemetry", "7", 3_000);
  world.enqueue("telemetry", "30", 12);
  await world.checkpoint("telemetry", "enrich", "7", 100);
  await world.checkpoint("telemetry", "enrich", "30", 11);
  await world.own("refunds", "notify", "0", "notify-0");
  return world;
}

export function browserConfig(world: LocalWorld): object {
  return {
    refreshSeconds: 2,
    eventHubs: [
      world.hubConfig("orders", {
        consumerGroups: ["$Default"],
        ownershipExpirationSeconds: 3_600,
        inspectionConsumerGroup: "tidemark",
      }),
      world.hubConfig("telemetry"),
      world.hubConfig("refunds", { ownershipExpirationSeconds: 3_600 }),
    ],
  };
}
