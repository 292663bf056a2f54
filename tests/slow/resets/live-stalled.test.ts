import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Reset } from "#lib/api/resets.ts";
import { overwritesText } from "#lib/client/resets/overwrite-words.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { ownersOf, standsAt } from "#tests/support/worlds/live/group-blobs.ts";
import {
  type LiveDashboard,
  startLiveDashboard,
  startProcessors,
  writesTo,
} from "#tests/support/worlds/live/live-world.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

// A processor that hangs in its handler and stores its position again and again, as one that retries an event.
const ids = ["0", "1"];
const hangsAt = { partitionId: "0", sequenceNumber: 350 };
const limitMs = 120_000;
const waiting = { timeout: 60_000, interval: 100 };
const me = { name: "ada", key: "ada", role: "admin" as const };

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([
    { name: "orders", partitionCount: ids.length, consumerGroups: ["restarted", "left", "inspect"] },
  ]);
  for (const id of ids) world.enqueue("orders", id, 400);
});
afterAll(() => world?.stop());

async function stalled(group: string, overallSeconds: number) {
  const live = await startLiveDashboard(world, { leastQuietSeconds: 2, overallSeconds });
  onTestFinished(() => live.stop());
  const processor = startProcessors(world, group, 1, { hangsAt, batch: 100 });
  onTestFinished(() => processor.close());
  await expect.poll(async () => (await standsAt(world, group)).get("0"), waiting).toBe(349);
  const known = () => live.dashboard.runtime.eventHub("orders").consumerGroups.map(({ name }) => name);
  await expect.poll(known, waiting).toContain(group);
  return { live, processor };
}

async function ended({ reset }: LiveDashboard, id: string): Promise<Reset> {
  await expect.poll(async () => (await reset(id)).state, waiting).not.toBe("running");
  return reset(id);
}

it(
  "names the processor that hangs, and skips the event once that one is restarted",
  async () => {
    const { live, processor } = await stalled("restarted", 60);
    const address = { hub: "orders", group: "restarted", store: undefined };
    const request = {
      partitions: ["0"],
      target: { kind: "latest" as const },
      mode: "live" as const,
      handlerSeconds: 1,
    };
    const warnings = async () =>
      (await live.dashboard.runtime.resets.preview(address, request, me)).entries.flatMap(
        (entry) => entry.warnings,
      );
    const stands = { ownerId: "restarted-processor-0", sequenceNumber: 349 };
    await expect.poll(warnings, waiting).toContainEqual(like("ownerStalled", stands));

    const begun = await live.apply("restarted", await writesTo(world, "restarted", ["0"], 350), 1);
    const now = async () => (await live.reset(begun.id)).entries[0]?.live;
    await expect.poll(async () => (await now())?.overwrite?.times ?? 0, waiting).toBeGreaterThan(3);
    expect(await now()).toMatchObject({
      overwrite: stands,
      limitAt: expect.any(String),
      pausedAt: expect.any(String),
    });
    expect(overwritesText(await live.reset(begun.id), Date.now())).toMatch(
      /^Overwritten \d+ times: restarted-processor-0 keeps storing 349\. Stop or restart it\.$/,
    );

    await processor.close();
    const anew = startProcessors(world, "restarted", 1, { batch: 100 });
    onTestFinished(() => anew.close());
    const reset = await ended(live, begun.id);
    expect(reset).toMatchObject({
      state: "done",
      reason: null,
      entries: [{ result: "written", live: { resumedAt: 351, resumedBy: "restarted-processor-0" } }],
    });
    const firsts = anew.reads.filter(({ partitionId }) => partitionId === "0").map(({ first }) => first);
    expect(firsts[0]).toBe(351);
  },
  limitMs,
);

it(
  "says after its time limit what was stored over it, and holds nothing any more",
  async () => {
    const { live } = await stalled("left", 10);
    const begun = await live.apply("left", await writesTo(world, "left", ["0"], 350), 1);
    const reset = await ended(live, begun.id);

    expect(reset).toMatchObject({ state: "failed", entries: [{ result: "overwritten" }] });
    const [entry] = reset.entries;
    expect(entry?.reason).toEqual(
      like("keptOverwriting", { ownerId: "left-processor-0", sequenceNumber: 349, isSame: true }),
    );
    expect(entry?.reason?.message).toContain(
      "After the partition was released, left-processor-0 stored 349, its old position.",
    );
    expect(reset.reason).toEqual(like("waveWentWrong", { partitionIds: ["0"], rest: 0 }));
    expect(reset.reason?.message).not.toContain("not started");
    for (const owner of (await ownersOf(world, "left")).values()) expect(resetHolding(owner)).toBeNull();
  },
  limitMs,
);
