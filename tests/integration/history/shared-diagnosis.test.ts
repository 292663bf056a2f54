import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createDashboard, type Dashboard } from "#lib/server/dashboard.ts";
import { newFolder, newPostgresDatabase, onPostgres } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const waiting = { timeout: 20_000, interval: 50 };
const hubs = ["orders", "clicks"];

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld(hubs.map((name) => ({ name, partitionCount: 1 })));
  for (const hub of hubs) {
    const blob = world.container.getBlockBlobClient(`${localNamespace}/${hub}/billing/checkpoint/0`);
    await blob.upload("", 0, { metadata: { offset: "12", sequencenumber: "none" } });
  }
});
afterAll(() => world?.stop());

it("says the same in every dashboard, whichever one refreshes the hub", async () => {
  const url = await newPostgresDatabase();
  const start = async (): Promise<Dashboard> => {
    const dashboard = await createDashboard(
      testConfig({
        refreshSeconds: 1,
        hubs: hubs.map((hub) => world.hubConfig(hub)),
        dataDir: newFolder(),
        databaseUrl: url.reveal(),
      }),
    );
    onTestFinished(() => dashboard.stop());
    dashboard.start();
    return dashboard;
  };
  const [one, other] = [await start(), await start()];
  const shared = "select count(distinct instance)::int as instances from hub_snapshots";
  await expect.poll(() => onPostgres(shared, url.reveal()), waiting).toEqual([{ instances: 2 }]);

  for (const hub of hubs) {
    const checks = ({ runtime }: Dashboard) =>
      runtime.diagnosis(hub).checks.map(({ id, state, items }) => [id, state, items]);
    await expect.poll(() => checks(one).length, waiting).toBeGreaterThan(5);
    await expect.poll(() => checks(other), waiting).toEqual(checks(one));
    expect(checks(other)).toContainEqual([
      "unreadableBlobs/main",
      "fail",
      [expect.stringContaining(`${localNamespace}/${hub}/billing/checkpoint/0`)],
    ]);
  }
});
