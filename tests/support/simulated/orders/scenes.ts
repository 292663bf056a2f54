import { vi } from "vitest";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import { restedMs } from "#lib/ownership/cleanup-candidates.ts";
import { makeCleanupPlan } from "#lib/reset/cleanup/make-cleanup-plan.ts";
import { makeMovePlan } from "#lib/reset/move/make-move-plan.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import { leftBehind } from "#lib/server/resets/left-behind.ts";
import { planUndoAt } from "#lib/server/resets/undo-reset.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { offsetOf } from "#tests/support/fixtures/model-place.ts";
import { namespace, type OrderedWorld, quietCourse, type Side, trees } from "./world.ts";

const signal = new AbortController().signal;
export const kinds = [
  "reset",
  "moveStore",
  "moveGroup",
  "moveLayout",
  "moveSpelling",
  "goneGroup",
  "gonePartition",
  "leftBehind",
  "brokenCheckpoint",
  "repair",
] as const;
export type Kind = (typeof kinds)[number];

/** `standing`: a checkpoint stands where a move goes to. `isRich`: blobs have content, index tags and a tier. */
interface Draw {
  sequenceNumbers: [number, number];
  owner: "none" | "released" | "expired";
  standing: boolean;
  isRich: boolean;
}

export interface Planned {
  record: PlanRecord;
  target: Side;
  source: Side | null;
}

const home: Side = { store: "old", group: "billing" };
const targets: Record<Kind, Side> = {
  reset: home,
  moveStore: { store: "new", group: "billing" },
  moveGroup: { store: "old", group: "archive" },
  moveLayout: home,
  moveSpelling: home,
  goneGroup: home,
  gonePartition: home,
  leftBehind: home,
  brokenCheckpoint: home,
  repair: home,
};

export function position(sequenceNumber: number): Record<string, string> {
  return { sequencenumber: String(sequenceNumber), offset: offsetOf(sequenceNumber) };
}

/** Nothing of the group moves for so long. */
export function pass(world: OrderedWorld, ms = 200_000): void {
  world.store.now += ms;
  vi.setSystemTime(world.store.now);
}

/** What stands there before the operation, so that nothing is in its way. */
export async function fill(world: OrderedWorld, kind: Kind, draw: Draw): Promise<void> {
  const { sequenceNumbers, owner, standing, isRich } = draw;
  const body = isRich ? "kept" : "";
  const put = (tree: string, id: string, metadata: Record<string, string>, store: Side["store"] = "old") =>
    world.put(store, `${tree}/checkpoint/${id}`, metadata, body);
  const own = (tree: string, id: string) => {
    if (owner === "none") return;
    const ownerid = owner === "expired" ? "worker-0" : "";
    world.put("old", `${tree}/ownership/${id}`, { OwnerId: ownerid }, body);
  };
  const fillTree = (tree: string, ids: readonly string[] = ["0", "1"]) => {
    for (const id of ids) {
      put(tree, id, position(sequenceNumbers[Number(id)] ?? 9));
      own(tree, id);
    }
  };
  if (kind === "moveLayout") {
    const where = { namespace, eventHub: "orders", group: "billing" };
    for (const [i, sequenceNumber] of sequenceNumbers.entries()) {
      const at = { partitionId: String(i), sequenceNumber, offset: offsetOf(sequenceNumber) };
      const json = wild.functions(where, at);
      world.put("old", json.name, json.metadata, json.body);
    }
    if (standing) put(trees.lower, "0", { ...position(5), Note: "kept" });
  } else if (kind === "moveSpelling" || kind === "leftBehind") fillTree(trees.typed);
  else fillTree(trees.lower);
  if (standing && kind === "moveStore") put(trees.lower, "0", { ...position(5), Note: "kept" }, "new");
  if (standing && kind === "moveGroup") put(trees.archive, "1", { ...position(5), Note: "kept" });
  if (kind === "goneGroup") {
    world.knownGroups = ["archive"];
    pass(world, restedMs);
  }
  if (kind === "gonePartition") {
    put(trees.lower, "7", { Offset: "1" });
    own(trees.lower, "7");
    put(trees.lower, "$$$.$$$", {});
  }
  if (kind === "brokenCheckpoint") put(trees.lower, "1", { Offset: "1" });
  if (kind === "repair") world.put("old", `${trees.lower}/ownership/0`, { Note: "broken" }, body);
  pass(world);
  if (kind !== "leftBehind") return;
  // A move to lower case, from which a processor went on.
  const moved = await makePlanOf(world, "moveSpelling");
  await world.apply(moved.record, moved, quietCourse);
  for (const [i, sequenceNumber] of sequenceNumbers.entries())
    put(trees.lower, String(i), position(sequenceNumber + 1));
  pass(world);
}

function headOf(world: OrderedWorld, planId: string) {
  const createdAt = world.store.now;
  return { planId, actor: "admin-1", createdAt, expiresAt: createdAt + 600_000 };
}

export async function makePlanOf(world: OrderedWorld, kind: Kind): Promise<Planned> {
  const target = targets[kind];
  const client = world.newName("plan");
  const head = headOf(world, client);
  const place = world.place(target, client);
  switch (kind) {
    case "reset": {
      const request = { partitions: "all" as const, mode: "offline" as const, handlerSeconds: 30 };
      const to = { kind: "sequenceNumber" as const, value: 50 };
      return {
        record: await makePlan(place, { ...request, target: to }, head, signal),
        target,
        source: null,
      };
    }
    case "moveStore":
    case "moveGroup":
    case "moveLayout":
    case "moveSpelling": {
      const formats = { moveLayout: "functions", moveSpelling: "common" } as const;
      const format = kind in formats ? formats[kind as keyof typeof formats] : undefined;
      const asked = {
        partitions: "all" as const,
        overwrite: world.partitionIds.slice(0, 2),
        ...(format !== undefined && { format }),
      };
      const isAway = kind === "moveStore" || kind === "moveGroup";
      const record = await makeMovePlan(world.place(home, client), place, asked, head, signal);
      return { record, target, source: isAway ? home : null };
    }
    default: {
      const blobs = kind === "brokenCheckpoint" ? [`${trees.lower}/checkpoint/1`] : ("all" as const);
      const left = await leftBehind(recordsOf(world), place);
      const record = await makeCleanupPlan(place, { blobs }, left, head, signal);
      return { record, target, source: null };
    }
  }
}

export async function planUndo(world: OrderedWorld, reset: ResetRecord): Promise<Planned> {
  const client = world.newName("plan");
  const target = { store: reset.store, group: reset.group } as Side;
  const place = world.place(target, client);
  return { record: await planUndoAt(place, reset, headOf(world, client), signal), target, source: null };
}

function recordsOf({ resets }: OrderedWorld) {
  const ended = (kind: string, store: string) =>
    resets.filter((each) => each.state !== "running" && each.store === store && each.target.kind === kind);
  return {
    moves: async ({ store }: { store: string }) => ended("move", store),
    undos: async ({ store }: { store: string }) => ended("undo", store),
    reset: async (id: string) => resets.find((each) => each.id === id) ?? null,
  };
}
