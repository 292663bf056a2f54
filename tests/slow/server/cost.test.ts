import { expect, it, onTestFinished } from "vitest";
import { snapshotEventSchema } from "#lib/api/stream.ts";
import { startCountingProxy } from "#tests/support/proxies/counting-proxy.ts";
import { readEvents } from "#tests/support/server-sent-events.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";

const partitionCount = 32;
const groups = Array.from({ length: 20 }, (_, index) => `group-${index}`);

it("a refresh costs partitions + 1 reads of the hub and one listing, whatever the groups and viewers", async () => {
  const world = await startLocalWorld([{ name: "orders", partitionCount, consumerGroups: groups }]);
  onTestFinished(() => world.stop());
  await Promise.all(
    groups.flatMap((group) =>
      Array.from({ length: partitionCount }, async (_, partition) => {
        await world.checkpoint("orders", group, String(partition), 1);
        await world.own("orders", group, String(partition), "someone");
      }),
    ),
  );
  const proxy = await startCountingProxy(world.azurite.port);
  onTestFinished(() => proxy.stop());
  const connectionString = world.azurite.connectionString.replaceAll(
    `:${world.azurite.port}`,
    `:${proxy.port}`,
  );
  const dashboard = await startDashboard({
    // Between two refreshes lies enough time to count, also on a busy machine.
    refreshSeconds: 4,
    eventHubs: [
      world.hubConfig("orders", {
        checkpointStores: [{ id: "main", connectionString, container: world.container.containerName }],
      }),
    ],
  });
  onTestFinished(async () => void (await dashboard.end()));
  const viewers = await Promise.all(
    [1, 2, 3].map(() => readEvents(`${dashboard.url}/api/v1/stream?group=group-7`)),
  );
  const [viewer] = viewers;
  // The first refreshes learn the spellings of the names. Later ones read only the state.
  await viewer?.next("snapshot");
  const first = snapshotEventSchema.parse(await viewer?.next("snapshot"));
  expect(first.consumerGroups).toHaveLength(groups.length);
  const before = { hub: { ...world.eventHubs.requests() }, storage: proxy.requests.length };
  await viewer?.next("snapshot");
  const once = world.eventHubs.requests();
  expect(once.eventHubReads - before.hub.eventHubReads).toBe(1);
  expect(once.partitionReads - before.hub.partitionReads).toBe(partitionCount);
  expect(proxy.requests.slice(before.storage)).toHaveLength(1);
  expect(proxy.requests.at(-1)).toMatch(/^GET .*comp=list.*include=metadata/);
  for (const each of viewers) each.close();
});
