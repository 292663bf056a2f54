import { describe, expect, it } from "vitest";
import type { StoredCheckpoint, StoredGroup } from "#lib/core/stored-blobs.ts";
import { makeMovePlan } from "#lib/reset/move/make-move-plan.ts";
import { type ModelPartition, modelPartition, modelPlace } from "#tests/support/fixtures/model-place.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, noon, ownership, storedGroup } from "#tests/support/fixtures/sources.ts";
import { head, signal } from "../made-plan.ts";

const now = noon + 3_600_000;
const at = (seconds: number, sequenceNumber: number) => ({
  sequenceNumber,
  offset: `o${sequenceNumber}`,
  enqueuedAt: noon + seconds * 1_000,
});
const withTimes = (...seconds: number[]): ModelPartition => ({
  begin: 0,
  last: seconds.length - 1,
  events: seconds.map(at),
});

/**
 * Plans a move from a hub with events 100 to 199, a second apart from noon on, to one with the given events.
 */
async function moved(
  from: StoredCheckpoint | StoredGroup,
  to: Record<string, ModelPartition>,
  source: Record<string, ModelPartition> = { "0": modelPartition(100, 199) },
) {
  const group = "checkpoints" in from ? from : storedGroup("billing", [from]);
  const place = { hub: "old", eventHubName: "old", store: "main" };
  const here = modelPlace({ partitions: source, now, group, place });
  const there = modelPlace({
    partitions: to,
    now,
    group: null,
    place: { hub: "new", store: "main", isGroupSeen: () => true },
  });
  const asked = { partitions: "all" as const, overwrite: [] };
  const record = await makeMovePlan(here, there, asked, head, signal);
  return { ...record, entries: record.plan.entries, entry: record.plan.entries[0] };
}

describe("the plan of a move to another hub", () => {
  it("goes on with the first event at or after the last processed one, and counts those of the same moment", async () => {
    // 149, the last one processed, was enqueued 49 s after noon.
    const { plan, entry, writes } = await moved(checkpoint("0", 149), { "0": withTimes(10, 48, 49, 49, 60) });
    expect(plan.target).toMatchObject({ kind: "move", from: { hub: "old" } });
    expect(plan.warnings).toEqual([like("byTimeAlone")]);
    expect(entry).toMatchObject({
      source: { sequenceNumber: 149, hub: "old" },
      target: { sequenceNumber: 1 },
      resumesAt: { sequenceNumber: 2 },
      replays: 2,
      skips: 2,
      blockedBy: null,
    });
    expect(entry?.warnings).toContainEqual(like("unreadAtSource", { events: 50 }));
    expect(writes).toHaveLength(1);
  });

  it("goes to the end when nothing was enqueued since, and to the start when nothing was processed", async () => {
    const after = await moved(checkpoint("0", 199), { "0": withTimes(10, 20) });
    expect(after.entry).toMatchObject({ target: { sequenceNumber: 1 }, resumesAt: null, replays: 0 });
    const start = await moved({ ...checkpoint("0", 99), offset: "-1" }, { "0": withTimes(10, 20) });
    expect(start.entry).toMatchObject({ target: { sequenceNumber: -1, offset: "-1" }, blockedBy: null });
  });

  it("refuses a partition that it knows nothing about, and tells which are left behind", async () => {
    const gone = await moved(checkpoint("0", 42), { "0": withTimes(10) });
    expect(gone.entry?.blockedBy).toEqual(like("processedEventGone", { sequenceNumber: 42 }));
    const more = await moved(checkpoint("0", 149), { "0": withTimes(60), "1": withTimes(60) });
    expect(more.entries[1]?.blockedBy).toEqual(like("sourceHasNoPartition", { partitions: 1 }));
    const two = { "0": modelPartition(100, 199), "1": modelPartition(100, 199) };
    const fewer = await moved(checkpoint("0", 149), { "0": withTimes(60) }, two);
    expect(fewer.plan.warnings).toContainEqual(like("partitionsLeftBehind", { partitionIds: ["1"] }));
  });

  it("waits for the processors of the source hub", async () => {
    const owned = ownership("0", "worker-1", now - 1_000);
    const group = storedGroup("billing", [checkpoint("0", 149)], [owned]);
    const { entry, writes } = await moved(group, { "0": withTimes(60) });
    expect(entry?.blockedBy).toEqual(like("sourceInTheWay"));
    expect(writes).toEqual([]);
  });
});
