import { afterAll, beforeAll, expect, it } from "vitest";
import { brokenBlobs } from "./cases/broken-blobs.ts";
import { type Case, type Findings, hubName } from "./cases/case.ts";
import { figures } from "./cases/figures.ts";
import { liveFast } from "./cases/live.ts";
import { everyTarget, offline } from "./cases/offline.ts";
import { chosenSdks, isWholeTable } from "./chosen.ts";
import type { Sdk } from "./sdks.ts";
import { startWorker } from "./worker.ts";
import { type InteropWorld, startInteropWorld } from "./world.ts";

declare module "vitest" {
  interface TaskMeta {
    interop?: Findings & { sdk: string; number: number };
  }
}

const cases = [figures, offline, everyTarget, liveFast, brokenBlobs].filter(
  ({ isQuick }) => isQuick || isWholeTable,
);
/**
 * Not passing yet: after a live reset its processor was not seen to go on. Only the whole table includes it.
 */
const isOpen = (sdk: Sdk, { number }: Case) => sdk.id === "rust" && number === 4 && !isWholeTable;
const table = cases.flatMap((each) =>
  chosenSdks().flatMap((sdk) => {
    const hubOf = (name: string) => hubName(each.number, sdk, name);
    return isOpen(sdk, each) ? [] : [{ ...each, sdk, hubOf, label: sdk.label }];
  }),
);

let world: InteropWorld;
beforeAll(async () => {
  expect(table.length, "No SDK was chosen.").toBeGreaterThan(0);
  const hubsOf = (rows: typeof table) => rows.flatMap(({ hubs, hubOf }) => hubs.map(hubOf));
  world = await startInteropWorld(hubsOf(table), hubsOf(table.filter(({ isWatched }) => isWatched)));
}, 240_000);
afterAll(() => world?.stop(), 60_000);

it.concurrent.for(table)("$label: $title", { timeout: 480_000 }, async (row, { task, onTestFinished }) => {
  const { sdk, hubOf } = row;
  task.meta.interop = { sdk: sdk.id, number: row.number };
  const findings = await row.prove({
    world,
    hubOf,
    start: (hub, over) => {
      const worker = startWorker(sdk, world.task(hub, over));
      onTestFinished(() => worker.kill());
      return worker;
    },
    onFinished: (then) => onTestFinished(then),
  });
  Object.assign(task.meta.interop, findings);
});
