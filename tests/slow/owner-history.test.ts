import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Owners } from "#lib/api/history.ts";
import { createDashboard, type Dashboard } from "#lib/server/dashboard.ts";
import { newFolder } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import type { ProcessorTask } from "#tests/support/processor.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const script = join(import.meta.dirname, "../support/processor.ts");
const expireMs = 6_000;
const waiting = { timeout: 20_000, interval: 50 };
const partitions = ["0", "1"];

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 2, consumerGroups: ["billing"] }]);
});
afterAll(() => world?.stop());

function startProcessor(ownerId: string): ChildProcess {
  const task: ProcessorTask = {
    ownerId,
    eventHub: "orders",
    consumerGroup: "billing",
    eventHubsConnectionString: world.eventHubs.connectionString,
    storageConnectionString: world.azurite.connectionString,
    container: world.container.containerName,
    renewMs: 400,
    expireMs,
  };
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function startDashboard(dataDir: string): Promise<Dashboard> {
  const hub = world.hubConfig("orders", {
    ownershipExpirationSeconds: expireMs / 1000,
    consumerGroups: ["billing"],
  });
  const dashboard = await createDashboard(testConfig({ refreshSeconds: 0.3, hubs: [hub], dataDir }));
  dashboard.start();
  return dashboard;
}

function told({ spans }: Owners): string[] {
  return spans
    .map(({ partitionId, ownerId, endedBy }) => `${partitionId} ${ownerId} ${endedBy ?? "…"}`)
    .sort();
}

it("tells who owned what when: one processor stopped, one killed, the dashboard restarted in between", async () => {
  const folder = newFolder();
  const from = new Date(Date.now() - 1_000).toISOString();
  let dashboard = await startDashboard(folder);
  const owners = () => dashboard.runtime.owners("orders", "billing", { from });
  const spans = () => owners().then(told, () => []);
  await expect.poll(() => dashboard.runtime.readiness().ready, waiting).toBe(true);
  await expect
    .poll(
      () =>
        dashboard.runtime.history("orders", "billing", { from }).then(
          ({ points }) => points.some(({ lag }) => lag !== null),
          () => false,
        ),
      waiting,
    )
    .toBe(true);

  const first = startProcessor("first");
  await expect.poll(spans, waiting).toEqual(["0 first …", "1 first …"]);
  const second = startProcessor("second");
  await expect.poll(spans, waiting).toContainEqual(expect.stringMatching(/^\d second …$/));
  const shared = await spans();
  const stolen = shared.find((span) => span.endsWith("first stolen"))?.[0];
  expect(shared).toEqual(
    partitions
      .flatMap((id) => (id === stolen ? [`${id} first stolen`, `${id} second …`] : [`${id} first …`]))
      .sort(),
  );

  // The second processor is paused until the release is seen. A claim within the same refresh would hide the
  // release, since no snapshot tells it from a theft.
  second.kill("SIGSTOP");
  first.kill("SIGTERM");
  const kept = partitions.find((id) => id !== stolen);
  await expect.poll(spans, waiting).toContainEqual(`${kept} first released`);
  second.kill("SIGCONT");
  const afterStop = [
    `${stolen} first stolen`,
    `${stolen} second …`,
    `${kept} first released`,
    `${kept} second …`,
  ];
  await expect.poll(spans, waiting).toEqual(afterStop.toSorted());

  await dashboard.stop();
  dashboard = await startDashboard(folder);
  onTestFinished(() => dashboard.stop());
  await expect.poll(() => dashboard.runtime.readiness().ready, waiting).toBe(true);
  expect(await spans()).toEqual(afterStop.toSorted());

  const killedAt = Date.now();
  second.kill("SIGKILL");
  const afterKill = [
    `${stolen} first stolen`,
    `${stolen} second expired`,
    `${kept} first released`,
    `${kept} second expired`,
  ];
  await expect.poll(spans, waiting).toEqual(afterKill.toSorted());

  const { spans: all, changes } = await owners();
  for (const span of all.filter(({ endedBy }) => endedBy === "expired")) {
    // The expiry counts from the last renewal, which the storage tells to the second.
    const expiredAfter = Date.parse(span.to ?? "") - killedAt;
    expect(expiredAfter).toBeGreaterThan(expireMs - 2_000);
    expect(expiredAfter).toBeLessThan(expireMs + 1_000);
  }
  for (const id of partitions) {
    const lane = all.filter(({ partitionId }) => partitionId === id);
    for (const [index, span] of lane.entries()) {
      expect(Date.parse(span.to ?? "")).toBeGreaterThanOrEqual(Date.parse(span.from));
      expect(Date.parse(span.from)).toBeGreaterThanOrEqual(Date.parse(lane[index - 1]?.to ?? from));
    }
  }
  expect(changes).toHaveLength(7);
  expect(changes.every(({ uncertaintySeconds, unobserved }) => uncertaintySeconds <= 2 && !unobserved)).toBe(
    true,
  );
}, 120_000);

it("records a change while the dashboard was down as seen later", async () => {
  const folder = newFolder();
  const from = new Date(Date.now() - 60_000).toISOString();
  await world.own("orders", "audit", "0", "before");
  let dashboard = await startDashboard(folder);
  const spans = () => dashboard.runtime.owners("orders", "audit", { from }).then(told, () => []);
  await expect.poll(spans, waiting).toEqual(["0 before …"]);
  await dashboard.stop();
  const down = Date.now();
  // After three refreshes a look no longer counts as regular.
  await expect.poll(() => Date.now() - down, waiting).toBeGreaterThan(3_100);
  await world.own("orders", "audit", "0", "after");
  dashboard = await startDashboard(folder);
  onTestFinished(() => dashboard.stop());
  await expect.poll(spans, waiting).toEqual(["0 after …", "0 before stolen"]);
  const { changes } = await dashboard.runtime.owners("orders", "audit", { from });
  expect(changes).toMatchObject([
    { kind: "stolen", ownerId: "after", previousOwnerId: "before", unobserved: true },
  ]);
});
