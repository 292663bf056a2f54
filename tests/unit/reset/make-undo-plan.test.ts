import { expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { BeforeImage } from "#lib/history/resets/reset-record.ts";
import { modelPartition, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { plannedWrite } from "#tests/support/fixtures/plan-record.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { noon } from "#tests/support/fixtures/sources.ts";
import { before, createdOn, entry, now, storedOffset, undo } from "./undone.ts";

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

it("warns that it only reads events again where the group has passed its former position", async () => {
  const at = (sequenceNumber: number) => ({
    ...now,
    sequenceNumber,
    offset: offsetOf(sequenceNumber),
    writtenBy: null,
  });
  expect((await undo([entry()], at(160))).first).toMatchObject({
    replays: 11,
    processedSince: 41,
    warnings: [like("formerPassed", { replays: 11 })],
  });
  // That reset went forward: the undo brings back what it skipped.
  const skipped = await undo(
    [entry({ before: before({ sequenceNumber: 109, offset: offsetOf(109) }) })],
    at(125),
  );
  expect(skipped.first).toMatchObject({ replays: 16, processedSince: 6, warnings: [] });
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
