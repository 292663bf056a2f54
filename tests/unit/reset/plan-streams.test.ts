import { describe, expect, it } from "vitest";
import { failureOf } from "#lib/api/reasons/reason.ts";
import type { Target } from "#lib/api/target.ts";
import { AppError } from "#lib/core/app-error.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import { modelPartition, modelPlace, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { at100, head, only, plan, sequenceNumber, signal, time } from "./made-plan.ts";

describe("streams", () => {
  it("with a gap resume at the next existing event, from the last one before", async () => {
    const entry = await only(sequenceNumber(120), {
      partitions: { "0": modelPartition(100, 199, [118, 119, 120, 121]) },
    });
    expect(entry).toMatchObject({ write: { sequenceNumber: 117 }, resumesAt: { sequenceNumber: 122 } });
    expect(entry.warnings).toEqual([like("eventMissing", { sequenceNumber: 120, nextSequenceNumber: 122 })]);
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

  it("that are geo-replicated end with the event's own offset, which has to be read", async () => {
    const isGeoDrEnabled = true;
    expect(await only({ kind: "latest" }, { isGeoDrEnabled })).toMatchObject({
      write: { sequenceNumber: 199, offset: offsetOf(199) },
    });
    const readingFault = new AppError("conflict", "Somebody reads there.");
    expect(await only({ kind: "latest" }, { isGeoDrEnabled, readingFault })).toMatchObject({
      blockedBy: failureOf(readingFault),
    });
    expect(await only({ kind: "latest" }, { readingFault })).toMatchObject({ blockedBy: null });
    expect(await only({ kind: "earliest" }, { isGeoDrEnabled, readingFault })).toMatchObject({
      blockedBy: null,
      resumesAt: { sequenceNumber: 100, enqueuedAt: null },
    });
  });

  it("that can't be read block only themselves, and what fails everywhere is not tried on all", async () => {
    const gone = new AppError("azureTimeout", "Partition 1 took too long.");
    const { plan: made, writes } = await plan(sequenceNumber(120), { partitions: { "0": at100, "1": gone } });
    expect(made.entries.map(({ blockedBy }) => blockedBy)).toEqual([null, failureOf(gone)]);
    expect([made.blockedBy, writes.length]).toEqual([null, 1]);

    const many = Object.fromEntries(Array.from({ length: 200 }, (_, id) => [String(id), at100]));
    const readingFault = new AppError("azureUnauthorized", "No right to listen.");
    const place = modelPlace({ partitions: many, readingFault });
    const request = { partitions: "all" as const, mode: "offline" as const, handlerSeconds: 30 };
    const refused = await makePlan(place, { ...request, target: sequenceNumber(120) }, head, signal);
    expect(refused.plan.blockedBy).toEqual(failureOf(readingFault));
    expect(place.readings().length).toBeLessThanOrEqual(64);
  });
});

describe("the partitions", () => {
  it("are the requested ones, once each, in the hub's order", async () => {
    const partitions = { "0": at100, "1": at100, "2": at100 };
    const { plan: made } = await plan({ kind: "earliest" }, { partitions }, { partitions: ["2", "0", "2"] });
    expect(made.entries.map(({ partitionId }) => partitionId)).toEqual(["0", "2"]);
    await expect(plan({ kind: "earliest" }, { partitions }, { partitions: ["0", "9"] })).rejects.toThrow(
      /^partitions must be of the event hub \S+, which has no partition 9\. It has \d+: 0/,
    );
  });
});
