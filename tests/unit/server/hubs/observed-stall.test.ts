import { expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { stallOf } from "#lib/server/hubs/observed-stall.ts";

const from = "2026-03-02T12:00:00.000Z";
const checkpoint = {
  sequenceNumber: 299,
  offset: "1",
  updatedAt: from,
  format: "common" as const,
  writtenBy: null,
  blobName: "b",
};
const stalled = toWire(
  reason("stalled", { checkpoints: 10, from, fromIsUpperBound: false, to: from, sequenceNumber: 299 }),
);
const silent = toWire(reason("silent", { since: from, checkpoints: 4, spanSeconds: 9, unwatchedSeconds: 0 }));

it("tells a partition that stands still, with checkpoints or without", () => {
  expect(stallOf({ status: "stall", statusReason: stalled, checkpoint })).toEqual({
    checkpoints: 10,
    sequenceNumber: 299,
    since: Date.parse(from),
  });
  expect(stallOf({ status: "stop", statusReason: silent, checkpoint })).toEqual({
    checkpoints: 0,
    sequenceNumber: 299,
    since: Date.parse(from),
  });
});

it("takes nothing else for one", () => {
  expect(stallOf(undefined)).toBeNull();
  expect(stallOf({ status: "ok", statusReason: null, checkpoint })).toBeNull();
  expect(stallOf({ status: "warn", statusReason: silent, checkpoint })).toBeNull();
});
