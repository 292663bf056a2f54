import { expect, it } from "vitest";
import { defaultRules } from "#lib/alerts/default-rules.ts";
import { type Cause, nextCause } from "#lib/alerts/incident.ts";
import { observeHub } from "#lib/alerts/observe-hub.ts";
import { startOfStream } from "#lib/lag/checkpoint-position.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";

/** A dead group: retention deletes 100 events between observations, and reaches its checkpoint after six. */
class DyingGroup {
  now = noon;
  begin = 0;
  last = 9_999;
  stored = checkpoint("0", 599, noon - 3_600_000);
  readonly causes = new Map<string, Cause | null>();
  readonly steps: string[] = [];
  readonly #refresh = refresher(
    monitoredHub(
      async () =>
        hubReading(
          [
            properties("0", {
              beginningSequenceNumber: this.begin,
              lastEnqueuedSequenceNumber: this.last,
              lastEnqueuedAt: this.now,
            }),
          ],
          this.now,
        ),
      { main: async () => storeReading([storedGroup("billing", [this.stored])], this.now) },
    ),
  );

  async look(deleted = 100): Promise<void> {
    this.now += 10_000;
    this.begin += deleted;
    this.last += 50;
    for (const observation of observeHub(defaultRules, await this.#refresh(this.now), this.now)) {
      const { id } = observation.rule;
      const { cause, step } = nextCause(this.causes.get(id) ?? null, observation, this.now);
      this.causes.set(id, cause);
      if (step !== null) this.steps.push(`${step} ${id}`);
    }
  }

  putToStart(): void {
    const own = { offset: startOfStream, writtenBy: "tidemark/reset-1/0" };
    this.stored = { ...checkpoint("0", this.begin - 1, this.now), ...own };
  }
}

async function dead(): Promise<DyingGroup> {
  const group = new DyingGroup();
  for (let turn = 0; turn < 30; turn += 1) await group.look();
  expect(group.steps).toContain("opened about-to-lose-events");
  return group;
}

it("goes on with the incident of a dead group that was put to the start, and counts what it loses", async () => {
  const group = await dead();
  group.putToStart();
  group.steps.length = 0;
  const lost: unknown[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    await group.look();
    const cause = group.causes.get("about-to-lose-events");
    expect(cause?.lastSeenAt, `look ${turn}`).toBe(group.now);
    if (turn % 20 === 19) lost.push(cause?.summary);
  }
  expect(group.steps.filter((step) => step.startsWith("closed about-to-lose"))).toEqual([]);
  expect(lost).toEqual(
    // 2,400 were gone before: what is lost stays lost.
    [2_400, 4_000, 6_000].map((lostEvents) => ({ code: "eventsBeingLost", params: { lostEvents } })),
  );
});

it("ends it once a processor reads on from the start", async () => {
  const group = await dead();
  group.putToStart();
  for (let turn = 0; turn < 60; turn += 1) {
    group.stored = checkpoint("0", group.last, group.now);
    await group.look(0);
  }
  expect(group.steps).toContain("closed about-to-lose-events");
});
