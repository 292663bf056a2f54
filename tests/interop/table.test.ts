import { afterAll, beforeAll, expect, it } from "vitest";
import { balance, beside } from "./cases/balance.ts";
import { brokenBlobs } from "./cases/broken-blobs.ts";
import { type Case, hubName } from "./cases/case.ts";
import { figures } from "./cases/figures.ts";
import type { Findings } from "./cases/findings.ts";
import { liveBatches, liveFast, liveLevel, liveSlow } from "./cases/live.ts";
import { movedAsTyped, movedPositions } from "./cases/moved.ts";
import { everyTarget, offline } from "./cases/offline.ts";
import { race } from "./cases/race.ts";
import { idleReader, singleReader, slowReader } from "./cases/single-reader.ts";
import { byDefault, written } from "./cases/written.ts";
import { chosenSdks, isWanted, isWholeTable } from "./chosen.ts";
import { ownStore, type Sdk } from "./sdks.ts";
import type { Task } from "./task.ts";
import { startWorker } from "./worker.ts";
import { type InteropWorld, startInteropWorld } from "./world.ts";

declare module "vitest" {
  interface TaskMeta {
    interop?: Findings & { sdk: string; number: number };
  }
}

/** The case that waits for minutes starts first. */
const all = [
  byDefault,
  figures,
  balance,
  beside,
  offline,
  everyTarget,
  movedPositions,
  movedAsTyped,
  liveFast,
  liveBatches,
  liveLevel,
  liveSlow,
  singleReader,
  slowReader,
  idleReader,
  brokenBlobs,
  race,
  written,
];
const cases = all.filter(({ isQuick }) => isQuick || isWholeTable);
/** Not green yet: after a live reset Rust's processor was not seen to go on. In the whole table alone. */
const isOpen = (sdk: Sdk, { number }: Case) => sdk.id === "rust" && number === 4 && !isWholeTable;
const table = cases.flatMap((each) =>
  chosenSdks().flatMap((sdk) => {
    const hubOf = (name: string) => hubName(each.number, sdk, name);
    const isTried = (each.only ?? [sdk.id]).includes(sdk.id) && isWanted(each.title);
    return isOpen(sdk, each) || !isTried ? [] : [{ ...each, sdk, hubOf, label: sdk.label }];
  }),
);

let world: InteropWorld;
beforeAll(async () => {
  expect(table.length, "No SDK was chosen.").toBeGreaterThan(0);
  const hubsOf = (rows: typeof table) => rows.flatMap(({ hubs, hubOf }) => hubs.map(hubOf));
  world = await startInteropWorld(
    hubsOf(table),
    hubsOf(table.filter(({ isWatched }) => isWatched)),
    isWholeTable,
  );
}, 240_000);
afterAll(() => world?.stop(), 60_000);

it.concurrent.for(table)("$label: $title", { timeout: 900_000 }, async (row, { task, onTestFinished }) => {
  const { sdk, hubOf } = row;
  task.meta.interop = { sdk: sdk.id, number: row.number };
  const startOf = (of: Sdk, hub: string, over?: Partial<Task>) => {
    const worker = startWorker(of, world.task(hub, over));
    onTestFinished(() => worker.kill());
    return worker;
  };
  const findings = await row.prove({
    sdk,
    isWholeTable,
    world,
    hubOf,
    start: (hub, over) => startOf(sdk, hub, over),
    startOwn: (hub, over) => startOf(ownStore, hub, over),
    onFinished: (then) => onTestFinished(then),
  });
  Object.assign(task.meta.interop, findings);
});
