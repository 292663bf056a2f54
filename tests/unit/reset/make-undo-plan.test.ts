import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { BeforeImage, EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { makeUndoPlan } from "#lib/reset/plan/make-undo-plan.ts";
import {
  type ModelPartition,
  modelPartition,
  modelPlace,
  offsetOf,
} from "#tests/support/fixtures/model-place.ts";
import { plannedWrite, resetRecord } from "#tests/support/fixtures/plan-record.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, noon, ownership, storedGroup } from "#tests/support/fixtures/sources.ts";

const signal = new AbortController().signal;
const head = { planId: "p2", actor: "admin-1", createdAt: noon, expiresAt: noon + 600_000 };
const createdOn = noon - 86_400_000;
/** The stored offset of event 149. The stream has another one for it now. */
const storedOffset = "8589934592";

const before = (over: Partial<BeforeImage> = {}): BeforeImage => ({
  blobName: "ns/hub/group/checkpoint/0",
  format: "common",
  etag: "1",
  updatedAt: noon,
  sequenceNumber: 149,
  offset: storedOffset,
  metadata: {},
  headers: {},
  body: null,
  ...over,
});

function entry(over: Partial<EntryRecord> = {}): EntryRecord {
  return {
    partitionId: "0",
    write: plannedWrite("0"),
    result: "written",
    before: before(),
    lastOwnerId: null,
    after: { etag: "2", updatedAt: noon, sequenceNumber: 119, offset: offsetOf(119) },
    reason: null,
    live: null,
    ...over,
  };
}

const reset = (entries: EntryRecord[], over: Partial<ResetRecord> = {}) =>
  resetRecord(entries, { createdOn, startedAt: noon, ...over });

const now: StoredCheckpoint = {
  ...checkpoint("0", 119),
  offset: offsetOf(119),
  writtenBy: "tidemark/r1/0",
};

async function undo(
  entries: EntryRecord[],
  current: StoredCheckpoint = now,
  over: {
    reset?: Partial<ResetRecord>;
    isBlind?: boolean;
    isGeoDrEnabled?: boolean;
    partitions?: Record<string, ModelPartition>;
    owners?: StoredOwnership[];
    others?: StoredCheckpoint[];
  } = {},
) {
  const moving = over.isBlind ? [ownership("0", "worker-1", noon + 3_599_000)] : (over.owners ?? []);
  const place = modelPlace({
    partitions: over.partitions ?? { "0": modelPartition(100, 199), "1": modelPartition(100, 199) },
    group: storedGroup("billing", [current, ...(over.others ?? [])], moving),
    createdOn,
    isGeoDrEnabled: over.isGeoDrEnabled ?? false,
    ...(over.isBlind && { place: { inspectionConsumerGroup: null } }),
  });
  const { plan, writes } = await makeUndoPlan(place, reset(entries, over.reset), head, signal);
  const [first] = plan.entries;
  if (first === undefined) throw new Error("A partition was reset.");
  return { plan, first, write: writes[0] ?? null, readings: place.readings() };
}

it("restores what was replaced, as it was", async () => {
  const { plan, first, write } = await undo([entry(), entry({ partitionId: "1", result: "conflict" })]);
  expect(plan).toMatchObject({
    target: { kind: "undo", resetId: "r1" },
    mode: "offline",
    handlerSeconds: null,
  });
  expect(plan.entries).toHaveLength(1);
  expect(write).toMatchObject({ sequenceNumber: 149, offset: storedOffset, etag: now.etag });
  expect(first).toMatchObject({
    resumesAt: { sequenceNumber: 150, enqueuedAt: "2026-01-15T12:00:50.000Z" },
    replays: 0,
    skips: 30,
    processedSince: 0,
  });
});

it("tells how much was processed since, when that can be told", async () => {
  const moved = { ...now, sequenceNumber: 134, offset: offsetOf(134), writtenBy: null };
  expect((await undo([entry()], moved)).first).toMatchObject({ processedSince: 15, skips: 15 });
  const again = { ...moved, writtenBy: "tidemark/r2/0" };
  expect((await undo([entry()], again)).first.processedSince).toBeNull();
  expect((await undo([entry({ after: null, result: "unknown" })])).first).toMatchObject({
    processedSince: null,
    warnings: expect.arrayContaining([like("writeUncertain")]),
  });
});

it.each<[string, BeforeImage | null, Reason]>([
  ["there was no checkpoint", null, like("noCheckpointBefore")],
  [
    "it could not be read",
    before({ sequenceNumber: null, offset: null }),
    like("formerUnusable", { format: "common" }),
  ],
  [
    "nothing had been read yet",
    before({ format: "functions", sequenceNumber: 0, offset: null }),
    like("formerUnusable", { format: "functions" }),
  ],
  [
    "it lay past the end",
    before({ sequenceNumber: 5_000 }),
    like("formerPastEnd", { sequenceNumber: 5_000, lastSequenceNumber: 199 }),
  ],
  [
    "it was of an event hub that had this name before, though its place is in the stream by now",
    before({ updatedAt: createdOn - 30 * 86_400_000 }),
    like("formerOfOldHub"),
  ],
])("is blocked when %s, and offers the ends", async (_, image, why) => {
  const { first, write, plan } = await undo([entry({ before: image })]);
  expect(first).toMatchObject({ blockedBy: why, repairs: ["earliest", "latest"] });
  expect([write, plan.blockedBy]).toEqual([null, first.blockedBy]);
});

it("goes to the start when the checkpoint was there, or to what is left of it", async () => {
  const start = { sequenceNumber: 99, offset: "-1" };
  expect((await undo([entry({ before: before({ sequenceNumber: 4, offset: "-1" }) })])).write).toMatchObject(
    start,
  );
  const left = await undo([entry({ before: before({ sequenceNumber: 41 }) })]);
  expect(left.write).toMatchObject(start);
  expect(left.first).toMatchObject({ clampedTo: "earliest" });
});

it("goes to the start when the event of the stored offset has just left the stream", async () => {
  const gone = await undo([entry({ before: before({ sequenceNumber: 99 }) })]);
  expect(gone.write).toMatchObject({ sequenceNumber: 99, offset: "-1" });
  expect(gone.first.resumesAt).toMatchObject({ sequenceNumber: 100 });
});

it("restores a write stamped just before its reset, since two clocks are compared", async () => {
  const early = await undo([entry({ before: before({ updatedAt: createdOn - 59_000 }) })]);
  expect(early.write).toMatchObject({ sequenceNumber: 149, offset: storedOffset });
});

it("looks up an offset that was not stored, by its event", async () => {
  const bare = entry({ before: before({ offset: null }) });
  expect((await undo([bare])).write).toMatchObject({ sequenceNumber: 149, offset: offsetOf(149) });
  const live = { reset: { mode: "live" as const, handlerSeconds: 10 }, isBlind: true };
  expect((await undo([bare], now, live)).first.blockedBy).toEqual(like("eventsNotReadable"));
});

it.each(["None", "@latest", "1:8589934592:149", "-5"])(
  "writes the event's own offset in place of %s, which the service refuses",
  async (offset) => {
    const odd = entry({ before: before({ offset }) });
    const { first, write } = await undo([odd]);
    expect(write).toMatchObject({ sequenceNumber: 149, offset: offsetOf(149) });
    expect(first.warnings).toEqual([like("offsetCorrected")]);
    const gone = entry({ before: before({ offset, sequenceNumber: 150 }) });
    const missing = { "0": modelPartition(100, 199, [150]) };
    expect((await undo([gone], now, { partitions: missing })).first).toMatchObject({
      blockedBy: reason("formerOffsetRefused", { sequenceNumber: 150, offset }),
      repairs: ["earliest", "latest"],
    });
    const live = { reset: { mode: "live" as const, handlerSeconds: 10 }, isBlind: true };
    expect((await undo([odd], now, live)).first.blockedBy).toEqual(like("eventsNotReadable"));
  },
);

it("looks the event up on a geo-replicated hub, whatever offset was stored", async () => {
  const geo = { isGeoDrEnabled: true };
  expect((await undo([entry()], now, geo)).write).toMatchObject({ offset: offsetOf(149) });
  const right = entry({ before: before({ offset: offsetOf(149) }) });
  expect((await undo([right], now, geo)).first.warnings).toEqual([]);
  const live = { ...geo, reset: { mode: "live" as const, handlerSeconds: 10 }, isBlind: true };
  expect((await undo([right], now, live)).first).toMatchObject({
    blockedBy: like("eventsNotReadable"),
    resumesAt: null,
  });
});

it("uses the reset's own mode, and goes past those at work when that was live", async () => {
  const live = { reset: { mode: "live" as const, handlerSeconds: 10 }, isBlind: true };
  const { plan, first, readings } = await undo([entry()], now, live);
  expect(plan).toMatchObject({ mode: "live", handlerSeconds: 10 });
  expect(first).toMatchObject({ blockedBy: null, holds: { ownerId: "worker-1" } });
  expect(readings).toEqual([]);
  expect((await undo([entry()], now, { isBlind: true })).first.blockedBy).toEqual(
    like("partitionOwned", { ownerId: "worker-1" }),
  );
});

it("recognises the reset's own write in layouts that can't say who wrote", async () => {
  const body = '{"Offset":"1","SequenceNumber":119,"PartitionId":"0"}';
  const eph = { format: "eph" as const };
  const written = entry({
    write: plannedWrite("0", eph),
    before: before({ ...eph, body }),
    after: { etag: "2", updatedAt: noon, sequenceNumber: 119, offset: offsetOf(119) },
  });
  const secondsAgo = (seconds: number) => noon + 3_600_000 - seconds * 1_000;
  const standing = { ...now, ...eph, writtenBy: null, etag: "2", updatedAt: secondsAgo(20) };
  expect((await undo([written], standing)).write).toMatchObject({ sequenceNumber: 149, format: "eph" });
  const moved = await undo([written], { ...standing, etag: "3" });
  expect(moved.first.blockedBy).toEqual(like("checkpointJustWritten", { writtenSecondsAgo: 20 }));
});

it("is refused when the hub was recreated or nothing was written", async () => {
  const { first } = await undo([entry()], now, { reset: { createdOn: createdOn - 1 } });
  expect(first).toMatchObject({ blockedBy: like("hubRecreated"), processedSince: null });
  await expect(undo([entry({ result: "skipped" })])).rejects.toMatchObject({ code: "conflict" });
});

const blobName = "contoso.servicebus.windows.net/orders/billing/checkpoint/0";
const made = entry({ before: null, write: plannedWrite("0", { blobName }) });
const move = {
  target: { kind: "move", from: { group: "billing", store: "old" }, overwrite: [] },
} as Partial<ResetRecord>;

it("deletes what a move made, unless somebody has written it since or it is gone", async () => {
  const standing = { ...now, blobName, etag: "2" };
  const untouched = await undo([made], standing, { reset: move });
  expect(untouched.first).toMatchObject({ blockedBy: null, removes: true, warnings: [like("madeByMove")] });
  expect(untouched.write).toMatchObject({ act: "remove", blobName, etag: "2" });
  const touched = await undo([made], { ...standing, etag: "3" }, { reset: move });
  expect([touched.first.blockedBy, touched.write]).toEqual([like("moveTouched", { blobName }), null]);
  const gone = await undo([made], { ...standing, partitionId: "1" }, { reset: move });
  expect([gone.first.blockedBy, gone.write]).toEqual([like("madeIsGone", { blobName }), null]);
});

describe("the undo of a move while the group runs on another partition", () => {
  const owners = [ownership("1", "worker-1", noon + 3_599_000)];
  const because = expect.objectContaining({ code: "partitionOwned" });
  const running = like("groupRunning", { partitions: 1, because });
  const standing = { ...now, blobName, etag: "2" };
  const replaced = entry({ write: plannedWrite("0", { blobName }) });

  it.each([
    ["deletes nothing", made, move],
    ["restores nothing", replaced, move],
    [
      "restores nothing that an undo deleted",
      entry({ write: plannedWrite("0", { blobName, act: "remove" }) }),
      {},
    ],
  ])("%s", async (_, undone, of) => {
    const { first, write } = await undo([undone], standing, { reset: of, owners });
    expect([first.blockedBy, write]).toEqual([running, null]);
    const released = [ownership("1", "", noon + 3_599_000)];
    const stopped = await undo([undone], standing, { reset: of, owners: released });
    expect([stopped.first.blockedBy, stopped.write?.partitionId]).toEqual([null, "0"]);
  });

  it("tells the group's processor from what the undone reset itself restored a moment ago", async () => {
    const justNow = { writtenBy: null, updatedAt: noon + 3_599_000 };
    const restored = (id: string, etag: string) => ({ ...checkpoint(id, 149), ...justNow, etag });
    const [first, second] = (["0", "1"] as const).map((id) =>
      entry({
        partitionId: id,
        write: plannedWrite(id, { act: "restore", blobName: restored(id, "2").blobName }),
        before: before({ sequenceNumber: 119, offset: offsetOf(119) }),
        after: { etag: "2", updatedAt: noon + 3_599_000, sequenceNumber: 149, offset: offsetOf(149) },
      }),
    );
    if (first === undefined || second === undefined) throw new Error("Both partitions were restored.");
    const undone = await undo([first, second], restored("0", "2"), { others: [restored("1", "2")] });
    expect(undone.plan.entries.map(({ blockedBy }) => blockedBy)).toEqual([null, null]);
    const foreign = await undo([first, second], restored("0", "2"), { others: [restored("1", "3")] });
    expect(foreign.plan.entries.map(({ blockedBy }) => blockedBy?.code)).toEqual([
      "groupRunning",
      "checkpointJustWritten",
    ]);
  });

  it("leaves the undo of any other reset to its own partitions", async () => {
    const { first, write } = await undo([entry()], now, { owners });
    expect([first.blockedBy, write?.sequenceNumber]).toEqual([null, 149]);
  });
});
