import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import { restedMs } from "#lib/ownership/cleanup-candidates.ts";
import { hasWritten } from "#lib/reset/plan/make-undo-plan.ts";
import { noon } from "#tests/support/fixtures/sources.ts";
import { carryOut } from "#tests/support/simulated/orders/carry-out.ts";
import { OrderedRules } from "#tests/support/simulated/orders/rules.ts";
import {
  fill,
  type Kind,
  kinds,
  makePlanOf,
  type Planned,
  pass,
  planUndo,
  position,
} from "#tests/support/simulated/orders/scenes.ts";
import type { WriteFate } from "#tests/support/simulated/orders/store.ts";
import {
  type Course,
  type Happening,
  OrderedWorld,
  quietCourse,
  type StoreName,
  trees,
} from "#tests/support/simulated/orders/world.ts";

// Whoever takes a reset over waits until nothing of the dead one can arrive any more.
const later = vi.hoisted(() => ({ arriveAll: () => {} }));
vi.mock("node:timers/promises", async (original) => ({
  ...(await original<object>()),
  setTimeout: async () => later.arriveAll(),
}));

const defaultRuns = 250;
const runs = Number(process.env.ORDERS ?? defaultRuns);
const began = noon + 86_400_000;
const world = new OrderedWorld(began);
const rules = new OrderedRules(world);
later.arriveAll = () => world.store.arriveAll();

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await world.store.start();
});
afterAll(async () => {
  vi.useRealTimers();
  await world.store.stop();
});

function passes(ms: number): Happening {
  const happening: Happening = (it) => pass(it, ms);
  happening.isTime = true;
  return happening;
}

const ids = ["0", "1", "7", "$$$.$$$"];
const place = fc.record({
  store: fc.constantFrom<StoreName>("old", "old", "new"),
  tree: fc.constantFrom(trees.lower, trees.lower, trees.typed, trees.archive),
  id: fc.constantFrom("0", "0", "1", "1", ...ids),
});
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    // Claims, renewals, releases, and a processor that comes back under another owner id.
    weight: 5,
    arbitrary: fc.record({ at: place, owner: fc.constantFrom("worker-0", "worker-1", "", null) }).map(
      ({ at, owner }): Happening =>
        (it) =>
          it.put(at.store, `${at.tree}/ownership/${at.id}`, owner === null ? {} : { ownerid: owner }),
    ),
  },
  {
    // A processor that starts, and takes all that it finds.
    weight: 4,
    arbitrary: fc.constantFrom(trees.lower, trees.lower, trees.archive).map(
      (tree): Happening =>
        (it) => {
          for (const id of ["0", "1"]) it.put("old", `${tree}/ownership/${id}`, { ownerid: "worker-2" });
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({ at: place, sequenceNumber: fc.integer({ min: 1, max: 98 }) }).map(
      ({ at, sequenceNumber }): Happening =>
        (it) =>
          it.put(at.store, `${at.tree}/checkpoint/${at.id}`, position(sequenceNumber)),
    ),
  },
  place.map(
    (at): Happening =>
      (it) =>
        it.put(at.store, `${at.tree}/checkpoint/${at.id}`, { offset: "1" }, "edited"),
  ),
  {
    weight: 2,
    arbitrary: fc.record({ at: place, folder: fc.constantFrom("checkpoint", "ownership") }).map(
      ({ at, folder }): Happening =>
        (it) =>
          void it.store.blobs(at.store).delete(`${at.tree}/${folder}/${at.id}`),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1_000, 3_000, 10_000, 59_000, 60_000, 200_000, restedMs).map(passes),
  },
  fc.constantFrom<string[]>([], ["archive"], ["billing", "archive"]).map(
    (names): Happening =>
      (it) => {
        if (it.knownGroups !== null) it.knownGroups = names;
      },
  ),
  fc.constantFrom<string[]>(["0", "1"], ["0", "1", "7"], ["0"]).map(
    (partitionIds): Happening =>
      (it) => {
        it.partitionIds = partitionIds;
      },
  ),
  fc.constantFrom<Kind>("moveStore", "moveSpelling", "gonePartition", "goneGroup", "leftBehind").map(
    (kind): Happening =>
      (it) =>
        otherAdmin(it, kind),
  ),
);

const course: fc.Arbitrary<Course> = fc
  .record({
    events: fc.array(fc.record({ at: fc.nat(24), happening }), { maxLength: 2 }),
    atWrites: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, happening), { maxLength: 2 }),
    fates: fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.constant<WriteFate>("answered") },
        fc.constantFrom<WriteFate>("refused", "cutBefore", "cutAfter", "late"),
      ),
      { maxLength: 3 },
    ),
    diesAfter: fc.oneof(
      { weight: 5, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 24 }) },
    ),
    // Shorter than the patience: each-moment.test.ts has longer ones.
    outage: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      fc.record({ at: fc.integer({ min: 1, max: 24 }), requests: fc.integer({ min: 1, max: 2 }) }),
    ),
  })
  .map(({ events, ...rest }) => {
    const script: (Happening | null)[] = [];
    for (const { at, happening: what } of events) script[at] = what;
    return { script: Array.from(script, (one) => one ?? null), ...rest };
  });
const round = fc.record({
  between: fc.array(happening, { maxLength: 1 }),
  course: fc.oneof({ weight: 1, arbitrary: fc.constant(quietCourse) }, { weight: 2, arbitrary: course }),
});
const draw = fc.record({
  sequenceNumbers: fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 })),
  owner: fc.constantFrom("none" as const, "released" as const, "expired" as const),
  standing: fc.boolean(),
  isRich: fc.boolean(),
});

/** Another admin's whole operation between two requests of the first. */
async function otherAdmin(it: OrderedWorld, kind: Kind): Promise<void> {
  const planned = await makePlanOf(it, kind);
  await carryOut(rules, "other", planned, quietCourse, it.standing());
}

interface Round {
  between: Happening[];
  course: Course;
}

/** An operation, its undo, and the undo of that. */
async function operate(kind: Kind, rounds: readonly Round[]): Promise<void> {
  const states = [world.standing()];
  let last: ResetRecord | null = null;
  for (const [i, { between, course: how }] of rounds.entries()) {
    pass(world, kind === "goneGroup" ? restedMs : 200_000);
    if (i > 0 && (last === null || !hasWritten(last))) return;
    const planned: Planned = last === null ? await makePlanOf(world, kind) : await planUndo(world, last);
    const standing = world.standing();
    for (const happens of between) await world.happens(happens);
    last = await carryOut(rules, `${["", "undo of ", "redo of "][i]}${kind}`, planned, how, standing);
    states.push(world.standing());
    if (world.happened > 0) continue;
    const missed = last?.entries.filter(({ result }) => result !== "written").map(({ reason }) => reason);
    expect(missed, `what is not written of ${kind}, round ${i}`).toEqual([]);
    const former = states.at(-3);
    if (former !== undefined && kind !== "reset") rules.isAsBefore(former);
  }
}

it("touches no running group's blob in any order of events, and tells what came of each write", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      draw,
      fc.tuple(round, round, round),
      async (kind, drawn, rounds) => {
        world.reset(began);
        vi.setSystemTime(began);
        rules.forget();
        await fill(world, kind, drawn);
        await operate(kind, rounds);
      },
    ),
    { numRuns: runs, seed: Number(process.env.ORDERS_SEED ?? 23) },
  );
  if (process.env.ORDERS !== undefined) console.info(Object.fromEntries([...rules.counts].toSorted()));
  // A rule that is never reached proves nothing.
  const reached = (label: string) =>
    [...rules.counts].reduce((sum, [what, count]) => (what.startsWith(`${label}: `) ? sum + count : sum), 0);
  const changes = kinds.flatMap((kind) => ["", "undo of ", "redo of "].map((round) => `${round}${kind}`));
  const least = Math.floor(runs / 32);
  expect(changes.filter((label) => reached(label) < least)).toEqual([]);
  const met = ["as before", "brought back", "removed again", "conflict", "written"];
  expect(met.filter((what) => (rules.counts.get(what) ?? 0) < least)).toEqual([]);
  expect(rules.counts.get("claimed at the moment of a change")).toBeGreaterThan(0);
}, 600_000);
