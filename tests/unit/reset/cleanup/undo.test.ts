import { ContainerClient } from "@azure/storage-blob";
import { expect, it } from "vitest";
import type { CleanupKind } from "#lib/api/plans/cleanups.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { BeforeImage, EntryRecord } from "#lib/history/resets/reset-record.ts";
import { makeCleanupUndoPlan } from "#lib/reset/cleanup/undo-cleanup.ts";
import { modelPartition, modelPlace } from "#tests/support/fixtures/model-place.ts";
import { plannedWrite, resetRecord } from "#tests/support/fixtures/plan-record.ts";
import { noon } from "#tests/support/fixtures/sources.ts";
import { listedElement, listingPage, serveListings } from "#tests/support/simulated/listing-pages.ts";
import { head, signal } from "../made-plan.ts";
import { lower } from "./world.ts";

interface Cleaned {
  name: string;
  metadata: Record<string, string>;
  why: CleanupKind;
  format?: CheckpointFormat;
  tags?: Record<string, string> | null;
}

function deleted({ name, metadata, why, format = "common", tags = {} }: Cleaned): EntryRecord {
  const blobName = `${lower}/${name}`;
  const partitionId = name.slice(name.indexOf("/") + 1);
  const before = { blobName, format, etag: "1", updatedAt: noon, metadata, base64: "", headers: {}, tags };
  return {
    partitionId: blobName,
    write: plannedWrite(blobName, {
      blobName,
      format,
      etag: "1",
      act: "remove",
      cleans: { partitionId, why },
    }),
    result: "written",
    before: before as unknown as BeforeImage,
    lastOwnerId: null,
    after: null,
    reason: null,
    live: null,
  };
}

/** @param standing the blobs that are there now */
async function undoOf(entries: EntryRecord[], standing: string[] = []) {
  const store = await serveListings(() => [listingPage(standing)]);
  try {
    const container = new ContainerClient(store.url);
    const place = modelPlace({ partitions: { "0": modelPartition(0, 9) }, place: { container } });
    const reset = resetRecord(entries, { createdOn: noon - 86_400_000, startedAt: noon });
    return await makeCleanupUndoPlan(place, reset, head, signal);
  } finally {
    await store.stop();
  }
}

/** The warnings of the undo of such a clean-up, with nothing at these names now. */
async function warned(...cleaned: Cleaned[]) {
  const { plan, writes } = await undoOf(cleaned.map(deleted));
  expect(writes).toHaveLength(cleaned.length);
  return Object.fromEntries(
    plan.entries.map(({ partitionId, warnings }) => [partitionId.slice(lower.length + 1), warnings]),
  );
}

it("warns before it brings back a blob that stops the group's processors, for whatever reason it went", async () => {
  const whole = { SequenceNumber: "9", Offset: "576" };
  const stops = [reason("bringsBackBroken")];
  expect(
    await warned(
      { name: "checkpoint/$$$.$$$", metadata: {}, why: "placeholder" },
      { name: "checkpoint/1/.keep", metadata: {}, why: "placeholder" },
      { name: "checkpoint/", metadata: { offset: "576" }, why: "placeholder" },
      { name: "ownership/a b", metadata: { note: "kept" }, why: "goneGroup" },
      { name: "checkpoint/31", metadata: { Offset: "576" }, why: "gonePartition" },
      { name: "ownership/31", metadata: { OwnerId: "" }, why: "gonePartition" },
      { name: "checkpoint/32", metadata: whole, why: "gonePartition" },
      { name: "checkpoint/a", metadata: whole, why: "placeholder" },
      { name: "checkpoint/0", metadata: {}, why: "brokenCheckpoint" },
      { name: "checkpoint/5", metadata: {}, why: "leftBehind", format: "eph" },
    ),
  ).toEqual({
    "checkpoint/$$$.$$$": stops,
    "checkpoint/1/.keep": stops,
    "checkpoint/": stops,
    "ownership/a b": stops,
    "checkpoint/31": stops,
    "ownership/31": [],
    "checkpoint/32": [],
    "checkpoint/a": [],
    "checkpoint/0": stops,
    "checkpoint/5": [],
  });
});

it("says which blobs it brings back without the index tags that nobody could read", async () => {
  const metadata = { SequenceNumber: "9", Offset: "576" };
  expect(
    await warned(
      { name: "checkpoint/31", metadata, why: "gonePartition", tags: { keep: "yes" } },
      { name: "checkpoint/32", metadata, why: "gonePartition", tags: null },
    ),
  ).toEqual({ "checkpoint/31": [], "checkpoint/32": [reason("tagsNotRestored")] });
});

it("brings back what may have been deleted although nobody knows it, and only if it is gone", async () => {
  const metadata = { SequenceNumber: "9", Offset: "576" };
  const cleaned = deleted({ name: "checkpoint/31", metadata, why: "gonePartition" });
  const [blobName, result] = [`${lower}/checkpoint/31`, "unknown" as const];
  const gone = await undoOf([{ ...cleaned, result }]);
  expect(gone.writes).toMatchObject([{ act: "restore", blobName, etag: null, metadata }]);
  expect(gone.plan.entries[0]?.warnings).toEqual([reason("writeUncertain")]);
  const standing = (etag: string) => [listedElement(blobName, { etag: `<Etag>${etag}</Etag>` })];
  const [unchanged, anew] = [
    await undoOf([{ ...cleaned, result }], standing("1")),
    await undoOf([{ ...cleaned, result }], standing("2")),
  ];
  expect([unchanged.writes, unchanged.plan.entries[0]?.blockedBy]).toEqual([
    [],
    reason("blobStandsUnchanged", { blobName }),
  ]);
  expect([anew.writes, anew.plan.entries[0]?.blockedBy]).toEqual([
    [],
    reason("blobStandsAgain", { blobName }),
  ]);
  for (const other of ["failed", "conflict", "skipped"] as const)
    expect((await undoOf([{ ...cleaned, result: other }])).plan.entries).toEqual([]);
});
