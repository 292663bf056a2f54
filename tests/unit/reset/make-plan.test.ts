import { describe, expect, it } from "vitest";
import type { PreviewRequest } from "#lib/api/resets.ts";
import type { Target } from "#lib/api/target.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import { modelPartition, modelPlace, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { checkpoint, noon, storedGroup } from "#tests/support/fixtures/sources.ts";

const signal = new AbortController().signal;
const head = { planId: "p", actor: "admin-1", createdAt: noon, expiresAt: noon + 600_000 };
const at = (sequenceNumber: number) => ({
  ...checkpoint("0", sequenceNumber),
  offset: offsetOf(sequenceNumber),
});
const at100 = modelPartition(100, 199);

type Options = Parameters<typeof modelPlace>[0];

function plan(
  target: Target,
  options: Partial<Options> = {},
  request: Partial<PreviewRequest> = {},
): Promise<PlanRecord> {
  const place = modelPlace({
    partitions: { "0": at100 },
    group: storedGroup("billing", [at(149)]),
    ...options,
  });
  return makePlan(
    place,
    { partitions: "all", mode: "offline", handlerSeconds: 30, target, ...request },
    head,
    signal,
  );
}

async function only(...args: Parameters<typeof plan>) {
  const { plan: made, writes } = await plan(...args);
  const [entry] = made.entries;
  if (entry === undefined) throw new Error("A partition was asked for.");
  return { ...entry, write: writes[0] ?? null };
}

const sequenceNumber = (value: number): Target => ({ kind: "sequenceNumber", value });
const time = (second: number): Target => ({
  kind: "time",
  value: new Date(noon + second * 1_000).toISOString(),
});

describe("targets", () => {
  it.each<[string, Target, number | null, number | null]>([
    ["the first event", { kind: "earliest" }, 99, 100],
    ["the end", { kind: "latest" }, 199, null],
    ["an event", sequenceNumber(120), 119, 120],
    ["the first event by its number", sequenceNumber(100), 99, 100],
    ["the next event to come", sequenceNumber(200), 199, null],
    ["the time of an event", time(20), 119, 120],
    ["a time between two events", time(20.5), 120, 121],
    ["the time of the first event", time(0), 99, 100],
    ["so long ago", { kind: "ago", seconds: 3_600 - 30 }, 129, 130],
    ["some events back", { kind: "shift", by: -10 }, 139, 140],
    ["some events on", { kind: "shift", by: 10 }, 159, 160],
    ["imported positions", { kind: "positions", values: { "0": 130, "7": 5 } }, 129, 130],
    ["imported times", { kind: "times", values: { "0": "2026-01-15T13:00:30+01:00" } }, 129, 130],
  ])("write the checkpoint before %s", async (_, target, written, next) => {
    const entry = await only(target);
    expect(entry.blockedBy).toBeNull();
    expect(entry.write).toMatchObject({
      blobName: "ns/hub/group/checkpoint/0",
      etag: String(noon),
      sequenceNumber: written,
      offset: written === 99 ? "-1" : offsetOf(written ?? 0),
    });
    expect(entry.resumesAt?.sequenceNumber ?? null).toBe(next);
    expect(entry.clampedTo).toBeNull();
  });

  it("tell the times of the event that is written and of the one that comes next", async () => {
    const iso = (second: number) => new Date(noon + second * 1_000).toISOString();
    expect(await only(sequenceNumber(120))).toMatchObject({
      target: { enqueuedAt: iso(19) },
      resumesAt: { enqueuedAt: iso(20) },
    });
    expect(await only({ kind: "earliest" })).toMatchObject({
      target: { enqueuedAt: null },
      resumesAt: { enqueuedAt: iso(0) },
    });
    expect(await only({ kind: "latest" })).toMatchObject({
      target: { enqueuedAt: iso(99) },
      resumesAt: null,
    });
  });

  it.each<[string, Target, "earliest" | "latest", string]>([
    ["an event that has left", sequenceNumber(7), "earliest", "begins at 100"],
    ["an event that is not there yet", sequenceNumber(201), "latest", "the last one is 199"],
    ["a time before the stream", time(-3_600), "earliest", "what was enqueued before is gone"],
    ["a time after the last event", time(100), "latest", "the last one was at"],
    ["a shift past the end", { kind: "shift", by: 1_000 }, "latest", "the last one is 199"],
    ["a shift before the beginning", { kind: "shift", by: -1_000 }, "earliest", "begins at 100"],
  ])("are clamped for %s, and say so", async (_, target, to, text) => {
    const entry = await only(target);
    expect(entry.clampedTo).toBe(to);
    expect(entry.warnings.join()).toContain(text);
    expect(entry.write?.sequenceNumber).toBe(to === "earliest" ? 99 : 199);
  });

  it("are not clamped where nothing was ever lost", async () => {
    const entry = await only(time(-3_600), { partitions: { "0": modelPartition(0, 9) }, group: null });
    expect(entry).toMatchObject({ clampedTo: null, write: { sequenceNumber: -1, offset: "-1", etag: null } });
  });

  it.each<[string, Target, number | null, number | null]>([
    ["back", sequenceNumber(120), 30, 0],
    ["on", sequenceNumber(170), 0, 20],
    ["to the start", { kind: "earliest" }, 50, 0],
    ["to the end", { kind: "latest" }, 0, 50],
    ["nowhere", { kind: "shift", by: 0 }, 0, 0],
  ])("count what is read again and what is skipped: %s", async (_, target, replays, skips) => {
    expect(await only(target)).toMatchObject({ replays, skips });
  });

  it("count from the beginning on where events have left, and not at all from nothing", async () => {
    const behind = { group: storedGroup("billing", [at(49)]) };
    expect(await only({ kind: "latest" }, behind)).toMatchObject({ replays: 0, skips: 100 });
    expect((await only({ kind: "latest" }, behind)).warnings.join()).toContain("50 events left the stream");
    expect(await only({ kind: "latest" }, { group: null })).toMatchObject({ replays: null, skips: null });
    expect(await only({ kind: "earliest" }, { group: storedGroup("billing", [at(5_000)]) })).toMatchObject({
      replays: null,
      skips: null,
    });
  });

  it("say where nothing changes", async () => {
    expect((await only({ kind: "shift", by: 0 })).warnings.join()).toContain("stands there already");
  });

  it.each<[string, Partial<Options>, string]>([
    ["without a checkpoint", { group: storedGroup("billing", []) }, "there is no checkpoint"],
    ["past the end", { group: storedGroup("billing", [at(5_000)]) }, "probably re-created"],
    ["from before the hub", { createdOn: noon + 120_000 }, "older than the event hub"],
    [
      "that can't be read",
      { group: storedGroup("billing", [{ ...at(1), sequenceNumber: null, unreadable: "It is torn." }]) },
      "can't be read",
    ],
  ])("refuse to shift from a checkpoint %s, and offer what would do", async (_, options, why) => {
    const entry = await only({ kind: "shift", by: -1 }, options);
    expect(entry.blockedBy).toContain(why);
    expect(entry.repairs).toEqual(["earliest", "latest"]);
    expect(entry).toMatchObject({ target: null, write: null });
  });
});

describe("another group", () => {
  const others = (own: StoredCheckpoint) => ({ others: [storedGroup("other", [own])] });
  const target: Target = { kind: "group", name: "other" };
  const blind = {
    group: storedGroup(
      "billing",
      [at(149)],
      [{ partitionId: "0", blobName: "o", etag: "1", ownerId: "a", lastRenewedAt: noon + 3_590_000 }],
    ),
    place: { inspectionConsumerGroup: null },
  };

  it("gives its place, with the offset that the stream has for it", async () => {
    const entry = await only(target, others({ ...at(119), offset: "of another time" }));
    expect(entry.write).toMatchObject({ sequenceNumber: 119, offset: offsetOf(119) });
    expect(entry.warnings.join()).toContain("not that event's");
  });

  it("gives it as stored where no event can be read", async () => {
    expect(await only(target, { ...others(at(119)), ...blind }, { mode: "live" })).toMatchObject({
      write: { sequenceNumber: 119, offset: offsetOf(119) },
      resumesAt: { sequenceNumber: 120, enqueuedAt: null },
    });
    const bare = await only(target, { ...others({ ...at(119), offset: null }), ...blind }, { mode: "live" });
    expect(bare.blockedBy).toContain("inspectionConsumerGroup");
  });

  it.each<[string, number, object]>([
    ["behind retention", 5, { clampedTo: "earliest" }],
    ["at the end", 199, { resumesAt: null, blockedBy: null }],
    ["past the end", 5_000, { blockedBy: expect.stringContaining("re-created"), write: null }],
  ])("may stand %s", async (_, stands, expected) => {
    expect(await only(target, others(at(stands)))).toMatchObject(expected);
  });

  it("must be there, and another one", async () => {
    await expect(plan(target)).rejects.toMatchObject({ code: "invalidRequest" });
    await expect(plan({ kind: "group", name: "BILLING" })).rejects.toThrow(/the group that is reset/);
  });
});

describe("imports", () => {
  const values = { "0": 130 };
  const origin = {
    fullyQualifiedNamespace: "contoso.servicebus.windows.net",
    eventHubName: "orders",
    createdOn: new Date(noon - 86_400_000).toISOString(),
  };

  it("are taken by position from this very hub alone", async () => {
    expect(await only({ kind: "positions", values, exportedFrom: origin })).toMatchObject({
      write: { sequenceNumber: 129 },
    });
    for (const other of [
      { ...origin, eventHubName: "payments" },
      { ...origin, fullyQualifiedNamespace: "fabrikam.servicebus.windows.net" },
      { ...origin, createdOn: new Date(noon - 90_000_000).toISOString() },
    ])
      await expect(plan({ kind: "positions", values, exportedFrom: other })).rejects.toMatchObject({
        code: "invalidRequest",
        message: expect.stringContaining("by its times"),
      });
  });

  it("leave a partition alone that the file does not name, and tell of those that are not here", async () => {
    const { plan: made } = await plan({ kind: "positions", values: { "3": 1, "4": 1 } });
    expect(made.entries[0]?.blockedBy).toContain("says nothing about this partition");
    expect(made.warnings.join()).toContain("2 partitions that this event hub has not");
    expect((await only({ kind: "positions", values: {} })).blockedBy).toContain("says nothing");
  });
});

describe("streams", () => {
  it("with a gap resume at the next event there is, from the last one before", async () => {
    const entry = await only(sequenceNumber(120), {
      partitions: { "0": modelPartition(100, 199, [118, 119, 120, 121]) },
    });
    expect(entry).toMatchObject({ write: { sequenceNumber: 117 }, resumesAt: { sequenceNumber: 122 } });
    expect(entry.warnings.join()).toContain("Event 120 is missing: the next one is 122");
  });

  it("with nothing before a gap resume from the start", async () => {
    const partitions = { "0": modelPartition(100, 199, [100, 101, 102]) };
    expect(await only(sequenceNumber(102), { partitions })).toMatchObject({
      write: { sequenceNumber: 99, offset: "-1" },
      resumesAt: { sequenceNumber: 103 },
    });
    expect((await only({ kind: "earliest" }, { partitions })).resumesAt?.sequenceNumber).toBe(103);
  });

  it.each<[string, Target]>([
    ["earliest", { kind: "earliest" }],
    ["latest", { kind: "latest" }],
    ["a time", time(5)],
    ["an event", sequenceNumber(5)],
  ])("that are empty take %s", async (_, target) => {
    const never = await only(target, { partitions: { "0": modelPartition(0, -1) }, group: null });
    expect(never).toMatchObject({ write: { sequenceNumber: -1, offset: "-1" }, resumesAt: null });
    const emptied = await only(target, { partitions: { "0": modelPartition(100, 99) }, group: null });
    expect(emptied).toMatchObject({ write: { sequenceNumber: 99 }, resumesAt: null, blockedBy: null });
  });

  it("of a geo-replicated hub end with the event's own offset, which has to be read", async () => {
    const isGeoDrEnabled = true;
    expect(await only({ kind: "latest" }, { isGeoDrEnabled })).toMatchObject({
      write: { sequenceNumber: 199, offset: offsetOf(199) },
    });
    const readingFault = new AppError("conflict", "Somebody reads there.");
    expect(await only({ kind: "latest" }, { isGeoDrEnabled, readingFault })).toMatchObject({
      blockedBy: "Somebody reads there.",
    });
    expect(await only({ kind: "latest" }, { readingFault })).toMatchObject({ blockedBy: null });
    expect(await only({ kind: "earliest" }, { isGeoDrEnabled, readingFault })).toMatchObject({
      blockedBy: null,
      resumesAt: { sequenceNumber: 100, enqueuedAt: null },
    });
  });

  it("that can't be read block themselves alone, and what fails everywhere is not tried on all", async () => {
    const gone = new AppError("azureTimeout", "Partition 1 took too long.");
    const { plan: made, writes } = await plan(sequenceNumber(120), { partitions: { "0": at100, "1": gone } });
    expect(made.entries.map(({ blockedBy }) => blockedBy)).toEqual([null, "Partition 1 took too long."]);
    expect([made.blockedBy, writes.length]).toEqual([null, 1]);

    const many = Object.fromEntries(Array.from({ length: 200 }, (_, id) => [String(id), at100]));
    const readingFault = new AppError("azureUnauthorized", "No right to listen.");
    const place = modelPlace({ partitions: many, readingFault });
    const request = { partitions: "all" as const, mode: "offline" as const, handlerSeconds: 30 };
    const refused = await makePlan(place, { ...request, target: sequenceNumber(120) }, head, signal);
    expect(refused.plan.blockedBy).toBe("No right to listen.");
    expect(place.readings().length).toBeLessThanOrEqual(64);
  });
});

describe("the partitions", () => {
  it("are those that were asked for, once each, in the hub's order", async () => {
    const partitions = { "0": at100, "1": at100, "2": at100 };
    const { plan: made } = await plan({ kind: "earliest" }, { partitions }, { partitions: ["2", "0", "2"] });
    expect(made.entries.map(({ partitionId }) => partitionId)).toEqual(["0", "2"]);
    await expect(plan({ kind: "earliest" }, { partitions }, { partitions: ["0", "9"] })).rejects.toThrow(
      /has no partition 9/,
    );
  });
});
