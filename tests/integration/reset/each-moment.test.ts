import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { hasWritten } from "#lib/reset/plan/make-undo-plan.ts";
import { noon } from "#tests/support/fixtures/sources.ts";
import { carryOut } from "#tests/support/simulated/orders/carry-out.ts";
import { OrderedRules } from "#tests/support/simulated/orders/rules.ts";
import {
  fill,
  type Kind,
  makePlanOf,
  type Planned,
  pass,
  planUndo,
  position,
} from "#tests/support/simulated/orders/scenes.ts";
import {
  type Happening,
  namespace,
  OrderedWorld,
  quietCourse,
  trees,
} from "#tests/support/simulated/orders/world.ts";

const began = noon + 86_400_000;
const world = new OrderedWorld(began);
const rules = new OrderedRules(world);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await world.store.start();
});
afterAll(async () => {
  vi.useRealTimers();
  await world.store.stop();
});

/** @param more `stands`: what is there beside the scene's own blobs */
async function begin(
  kind: Kind,
  { stands, ...drawn }: { stands?: Happening | undefined; standing?: boolean; isRich?: boolean },
): Promise<Planned> {
  world.reset(began);
  vi.setSystemTime(began);
  rules.forget();
  await stands?.(world);
  const draw = { owner: "none", standing: false, isRich: false } as const;
  await fill(world, kind, { ...draw, ...drawn, sequenceNumbers: [1, 1] });
  return makePlanOf(world, kind);
}

function atMoment(at: number, happening: Happening): (Happening | null)[] {
  return Array.from({ length: at + 1 }, (_, i) => (i === at ? happening : null));
}

it("judges another try by the look that found the first one missing, whenever a processor claims", async () => {
  const claim: Happening = (it) => it.put("old", `${trees.lower}/ownership/0`, { ownerid: "worker-0" });
  for (const kind of ["reset", "moveLayout", "moveSpelling", "gonePartition"] as const)
    for (let at = 0; at < 24; at += 1) {
      const planned = await begin(kind, { standing: true });
      const course = { ...quietCourse, script: atMoment(at, claim), fates: ["refused" as const] };
      await carryOut(rules, kind, planned, course, world.standing());
    }
});

/** `stands`: what is there beside the scene's own blobs. `changes`: one that counts, but is not the one written. */
const beside: { kind: Kind; stands?: Happening; changes: Happening }[] = [
  ...(["put", "delete"] as const).map((how) => ({
    kind: "moveSpelling" as const,
    changes: ((it) => {
      const name = `${trees.typed}/checkpoint/0`;
      if (how === "put") it.put("old", name, position(40));
      else it.store.blobs("old").delete(name);
    }) as Happening,
  })),
  { kind: "moveLayout", changes: (it) => it.put("old", `${namespace}/orders/billing/0`, {}, "{}") },
  ...(["reset", "moveGroup", "moveStore"] as const).map((kind) => ({
    kind,
    stands: ((it) => {
      it.put("old", `${trees.typed}/checkpoint/0`, position(3));
      pass(it);
    }) as Happening,
    changes: ((it) => it.put("old", `${trees.typed}/checkpoint/0`, position(4))) as Happening,
  })),
  {
    kind: "moveStore",
    stands: (it) => it.put("new", `${trees.typed}/checkpoint/0`, position(3)),
    changes: (it) => it.put("new", `${trees.typed}/checkpoint/0`, position(4)),
  },
];

it("writes nothing after a look that shows another checkpoint changed, whenever a processor stores it", async () => {
  for (const { kind, stands, changes } of beside) {
    const results: (string | undefined)[] = [];
    for (let at = 0; at < 24; at += 1) {
      const planned = await begin(kind, { stands });
      const course = { ...quietCourse, script: atMoment(at, changes) };
      const reset = await carryOut(rules, kind, planned, course, world.standing());
      results.push(reset?.entries.find(({ partitionId }) => partitionId === "0")?.result);
    }
    // Up to the last look it is seen, and later it is not: both are reached.
    expect(results.join(" "), kind).toMatch(/^(conflict ){3,}written( written)+$/);
  }
});

it("brings back what it deleted or replaced although the store went away before it could be looked at", async () => {
  for (const kind of ["gonePartition", "goneGroup", "leftBehind", "moveStore", "moveSpelling"] as const) {
    const results = new Set<string>();
    for (let at = 8; at < 24; at += 1) {
      const planned = await begin(kind, { standing: true, isRich: true });
      const before = world.standing();
      const course = {
        ...quietCourse,
        fates: ["cutAfter", "cutAfter"] as const,
        outage: { at, requests: 12 },
      };
      pass(world, 1_000);
      const reset = await carryOut(rules, kind, planned, course, world.standing());
      for (const { result } of reset?.entries ?? []) results.add(result);
      if (reset === null || !hasWritten(reset)) continue;
      pass(world);
      await carryOut(rules, `undo of ${kind}`, await planUndo(world, reset), quietCourse, world.standing());
      rules.isAsBefore(before);
    }
    expect([...results], kind).toContain("unknown");
  }
});
