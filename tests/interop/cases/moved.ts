import { expect } from "vitest";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { type WildBlob, type WildPosition, wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";
import { consumerGroup, successor } from "../world.ts";
import type { Case } from "./case.ts";
import { readAll, resumesAt, stored } from "./offline.ts";

const moved = 11;

type Layout = [store: string, blob: (hub: string, position: WildPosition) => WildBlob | WildBlob[]];
const group = (hub: string) => ({ namespace: localNamespace, eventHub: hub, group: consumerGroup });

const functions: Layout = ["main", (hub, position) => wild.functions(group(hub), position)];
const python: Layout = [
  "hosts",
  (hub, position) => wild.pythonHost(`hosts/${hub}/${consumerGroup}`, position),
];
/** The layout that each SDK's forerunner left behind. Rust had none. */
const layouts: Record<string, Layout> = {
  javascript: functions,
  python,
  "python-sync": python,
  java: ["hosts", (hub, position) => wild.javaHost(`hosts/${hub}/${consumerGroup}`, position)],
  go: ["go", (hub, position) => wild.go3(`go/${hub}/`, position)],
  rust: ["main", (hub, position) => wild.dapr(group(hub), position)],
};

export const movedPositions: Case = {
  number: 3,
  title: "Moved and imported positions",
  isQuick: false,
  isWatched: true,
  hubs: ["moved"],
  async prove(run) {
    const { world, hubOf, sdk } = run;
    const hub = hubOf("moved");
    world.local.enqueue(hub, "0", moved + 1);
    const { lastEnqueuedOffset: offset } = world.local.eventHubs.partition(hub, "0");
    world.local.enqueue(hub, "0", stored - moved - 1);
    const [store, blob] = layouts[sdk.id] ?? functions;
    await putWild(
      world.local.container,
      [blob(hub, { partitionId: "0", sequenceNumber: moved, offset })].flat(),
    );

    const toCommon = await world.move(hub, store, { group: consumerGroup, store: "main" });
    const first = await world.apply(hub, toCommon.planId);
    expect(first, JSON.stringify(first)).toMatchObject({ state: "done", entries: [{ result: "written" }] });
    const exported = await world.positions(hub);
    expect(exported.positions).toMatchObject([{ partitionId: "0", nextSequenceNumber: moved + 1 }, {}]);
    await resumesAt(run, hub, moved + 1);

    const { fullyQualifiedNamespace, eventHubName, createdOn } = exported;
    const imported = await world.plan(hub, {
      kind: "positions",
      values: { 0: moved + 1 },
      exportedFrom: { fullyQualifiedNamespace, eventHubName, createdOn },
    });
    expect(await world.apply(hub, imported.planId)).toMatchObject({ entries: [{ result: "written" }] });
    await resumesAt(run, hub, moved + 1);

    const elsewhere = await world.move(hub, "main", { group: successor, store: "fresh" });
    const second = await world.apply(hub, elsewhere.planId, successor);
    expect(second, JSON.stringify(second)).toMatchObject({ state: "done", entries: [{ result: "written" }] });
    world.local.enqueue(hub, "0", 1);
    await resumesAt(run, hub, stored, { consumerGroup: successor, ...world.fresh });
    return {};
  },
};

/** Go and Rust look for names as they were typed, and begin at their default start where they find none. */
export const movedAsTyped: Case = {
  number: 3,
  title: "Moved positions of a typed name",
  isQuick: false,
  isWatched: true,
  only: ["go", "rust"],
  hubs: ["TypedMove"],
  async prove(run) {
    const { world, hubOf } = run;
    const hub = hubOf("TypedMove");
    world.local.enqueue(hub, "0", stored);
    await readAll(run, hub);
    const plan = await world.move(hub, "main", { group: consumerGroup, store: "fresh" });
    expect(plan.entries).toMatchObject([{ warnings: [{ code: "writtenAsTyped" }] }]);
    const reset = await world.apply(hub, plan.planId);
    expect(reset, JSON.stringify(reset)).toMatchObject({ state: "done", entries: [{ result: "written" }] });
    world.local.enqueue(hub, "0", 1);
    await resumesAt(run, hub, stored, world.fresh);
    return {};
  },
};
