import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { Target } from "#lib/api/target.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { modelPartition, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { codesOf, like } from "#tests/support/fixtures/reasons.ts";
import { noon, storedGroup } from "#tests/support/fixtures/sources.ts";
import { at, at100, only, type PlaceOptions, plan, sequenceNumber, time } from "./made-plan.ts";

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

  it.each<[string, Target, "earliest" | "latest", Reason]>([
    [
      "an event that has left",
      sequenceNumber(7),
      "earliest",
      like("eventExpired", { beginningSequenceNumber: 100 }),
    ],
    [
      "an event that is not there yet",
      sequenceNumber(201),
      "latest",
      like("noEventYet", { lastSequenceNumber: 199 }),
    ],
    ["a time before the stream", time(-3_600), "earliest", like("timeExpired")],
    ["a time after the last event", time(100), "latest", like("noEventSince")],
    [
      "a shift past the end",
      { kind: "shift", by: 1_000 },
      "latest",
      like("noEventYet", { lastSequenceNumber: 199 }),
    ],
    [
      "a shift before the beginning",
      { kind: "shift", by: -1_000 },
      "earliest",
      like("eventExpired", { beginningSequenceNumber: 100 }),
    ],
  ])("are clamped for %s, and say so", async (_, target, to, why) => {
    const entry = await only(target);
    expect(entry.clampedTo).toBe(to);
    expect(entry.warnings).toContainEqual(why);
    expect(entry.write?.sequenceNumber).toBe(to === "earliest" ? 99 : 199);
  });

  it("are not clamped when nothing was ever lost", async () => {
    const entry = await only(time(-3_600), { partitions: { "0": modelPartition(0, 9) }, group: null });
    expect(entry).toMatchObject({ clampedTo: null, write: { sequenceNumber: -1, offset: "-1", etag: null } });
  });

  it.each<[string, Target, number | null, number | null]>([
    ["back", sequenceNumber(120), 30, 0],
    ["on", sequenceNumber(170), 0, 20],
    ["to the start", { kind: "earliest" }, 50, 0],
    ["to the end", { kind: "latest" }, 0, 50],
  ])("count what is read again and what is skipped: %s", async (_, target, replays, skips) => {
    expect(await only(target)).toMatchObject({ replays, skips });
  });

  it("count from the beginning when events have left, and not at all without a checkpoint", async () => {
    const behind = { group: storedGroup("billing", [at(49)]) };
    expect(await only({ kind: "latest" }, behind)).toMatchObject({ replays: 0, skips: 100 });
    expect((await only({ kind: "latest" }, behind)).warnings).toContainEqual(
      like("eventsLost", { lostEvents: 50 }),
    );
    expect(await only({ kind: "latest" }, { group: null })).toMatchObject({ replays: null, skips: null });
    expect(await only({ kind: "earliest" }, { group: storedGroup("billing", [at(5_000)]) })).toMatchObject({
      replays: null,
      skips: null,
    });
  });

  it("leave out partitions that do not change, and count them", async () => {
    const { plan: made, writes } = await plan({ kind: "shift", by: 0 });
    expect(made).toMatchObject({ entries: [], unchanged: 1, unchangedPartitions: ["0"], unchangedAtEdge: 0 });
    expect([writes, made.blockedBy]).toEqual([[], reason("nothingChanges", { partitions: 1 })]);
    const other = { partitions: { "0": at100, "1": at100 } };
    const { plan: some, writes: one } = await plan({ kind: "sequenceNumber", value: 150 }, other);
    expect([some.entries.length, one.length, some.unchanged, some.blockedBy]).toEqual([1, 1, 1, null]);
  });

  it("count separately those that can go no nearer to the target", async () => {
    const atEnd = { group: storedGroup("billing", [at(199)]) };
    const { plan: made } = await plan(sequenceNumber(9_000), atEnd);
    expect(made).toMatchObject({ entries: [], unchanged: 1, unchangedAtEdge: 1 });
    expect((await plan({ kind: "latest" }, atEnd)).plan).toMatchObject({ unchanged: 1, unchangedAtEdge: 0 });
  });

  it("rewrite a checkpoint that reads alike but is unfit as it is", async () => {
    const noOffset = { group: storedGroup("billing", [{ ...at(149), offset: null }]) };
    expect((await plan(sequenceNumber(150), noOffset)).writes).toHaveLength(1);
    const ofFormerHub = { group: storedGroup("billing", [{ ...at(149), updatedAt: 0 }]) };
    expect((await plan(sequenceNumber(150), ofFormerHub)).writes).toHaveLength(1);
  });

  it.each<[string, Partial<PlaceOptions>, Reason]>([
    ["without a checkpoint", { group: storedGroup("billing", []) }, like("noCheckpoint")],
    [
      "past the end",
      { group: storedGroup("billing", [at(5_000)]) },
      like("checkpointPastEnd", { sequenceNumber: 5_000 }),
    ],
    ["from before the hub", { createdOn: noon + 120_000 }, like("checkpointOfFormerHub")],
    [
      "that can't be read",
      { group: storedGroup("billing", [{ ...at(1), sequenceNumber: null, unreadable: "it is torn" }]) },
      like("checkpointUnusable", { fault: "it is torn" }),
    ],
  ])("refuse to shift from a checkpoint %s, and offer what would do", async (_, options, because) => {
    const entry = await only({ kind: "shift", by: -1 }, options);
    expect(entry.blockedBy).toEqual(like("nothingToShiftFrom", { because }));
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
    expect(codesOf(entry.warnings)).toEqual(["offsetCorrected"]);
  });

  it("gives it as stored when no event can be read", async () => {
    expect(await only(target, { ...others(at(119)), ...blind }, { mode: "live" })).toMatchObject({
      write: { sequenceNumber: 119, offset: offsetOf(119) },
      resumesAt: { sequenceNumber: 120, enqueuedAt: null },
    });
    const bare = await only(target, { ...others({ ...at(119), offset: null }), ...blind }, { mode: "live" });
    expect(bare.blockedBy).toEqual(like("eventsNotReadable"));
    const odd = await only(target, { ...others({ ...at(119), offset: "None" }), ...blind }, { mode: "live" });
    expect(odd.blockedBy).toEqual(like("eventsNotReadable"));
    const geo = { ...others(at(119)), ...blind, isGeoDrEnabled: true };
    expect((await only(target, geo, { mode: "live" })).blockedBy).toEqual(like("eventsNotReadable"));
  });

  it.each<[string, number, object]>([
    ["behind retention", 5, { clampedTo: "earliest" }],
    ["at the end", 199, { resumesAt: null, blockedBy: null }],
    [
      "past the end",
      5_000,
      { blockedBy: like("otherGroupUnknown", { because: like("checkpointPastEnd") }), write: null },
    ],
  ])("may stand %s", async (_, stands, expected) => {
    expect(await only(target, others(at(stands)))).toMatchObject(expected);
  });

  it("must exist, and be another one", async () => {
    await expect(plan(target)).rejects.toMatchObject({ code: "invalidRequest" });
    await expect(plan({ kind: "group", name: "BILLING" })).rejects.toMatchObject({
      code: "invalidRequest",
    });
  });
});

describe("imports", () => {
  const values = { "0": 130 };
  const origin = {
    fullyQualifiedNamespace: "contoso.servicebus.windows.net",
    eventHubName: "orders",
    createdOn: new Date(noon - 86_400_000).toISOString(),
  };

  it("are taken by position only from this very hub", async () => {
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
        message: expect.stringMatching(/^target\.exportedFrom is another event hub: .* by its times\.$/),
      });
  });

  it("skip partitions that the file does not name, and name those that the hub lacks", async () => {
    const { plan: made } = await plan({ kind: "positions", values: { "3": 1, "4": 1 } });
    expect(made.entries[0]?.blockedBy).toEqual(like("notInFile"));
    expect(made.warnings).toEqual([like("fileNamesOthers", { partitions: 2 })]);
    expect((await only({ kind: "positions", values: {} })).blockedBy).toEqual(like("notInFile"));
  });
});
