import { startDashboard, type TestDashboard } from "./dashboard.ts";
import { type LocalWorld, startLocalWorld } from "./local-world.ts";

const firstEvent = 48_000;

/**
 * Starts a world that resets may change. The groups of `orders` are stopped, each for tests of its own.
 * `steady` of `payments` is for tests with real processors.
 */
export async function startResetWorld(): Promise<LocalWorld> {
  const world = await startLocalWorld([
    {
      name: "orders",
      partitionCount: 4,
      consumerGroups: ["billing", "busy", "other", "exported", "undone", "recorded", "relocated"],
      firstSequenceNumber: firstEvent,
    },
    {
      name: "payments",
      partitionCount: 2,
      consumerGroups: ["steady", "inspect"],
      firstSequenceNumber: firstEvent,
    },
  ]);
  for (const id of ["0", "1", "2", "3"]) {
    world.enqueue("orders", id, 500);
    for (const group of ["billing", "busy", "undone", "recorded", "relocated"]) {
      await world.checkpoint("orders", group, id, firstEvent + 399);
    }
    for (const group of ["other", "exported"]) await world.checkpoint("orders", group, id, firstEvent + 99);
  }
  // The hub has no such partition, and the blob stops whoever lists the group's checkpoints.
  await world.container.getBlockBlobClient("localhost/orders/relocated/checkpoint/31").upload("", 0);
  for (const id of ["0", "1"]) world.enqueue("payments", id, 200);
  return world;
}

/**
 * Starts a dashboard that may change it. Owners expire so soon that nobody waits, but not before one that
 * renews.
 */
export function startResettingDashboard(world: LocalWorld): Promise<TestDashboard> {
  const over = { ownershipExpirationSeconds: 2 };
  const payments = { ownershipExpirationSeconds: 5, inspectionConsumerGroup: "inspect" };
  return startDashboard(
    {
      refreshSeconds: 1,
      liveResets: { partitionsAtOnce: 1, leastQuietSeconds: 3, overallSeconds: 60 },
      eventHubs: [world.hubConfig("orders", over), world.hubConfig("payments", payments)],
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
}
