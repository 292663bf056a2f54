import { ContainerClient } from "@azure/storage-blob";
import { expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import { watchSecondsOf } from "#lib/reset/apply/watch-seconds.ts";
import { makeCleanupPlan } from "#lib/reset/cleanup/make-cleanup-plan.ts";
import { modelPartition, modelPlace } from "#tests/support/fixtures/model-place.ts";
import { plannedWrite } from "#tests/support/fixtures/plan-record.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, noon, storedGroup } from "#tests/support/fixtures/sources.ts";
import { listedElement, listingPage, serveListings } from "#tests/support/simulated/listing-pages.ts";
import { head, signal } from "../made-plan.ts";

it("says how many blobs are left for another plan", async () => {
  const planOf = async (misnamedMore?: number) => {
    const group = { ...storedGroup("billing", [checkpoint("0", 9)]), ...(misnamedMore && { misnamedMore }) };
    const place = modelPlace({ partitions: { "0": modelPartition(0, 20) }, group });
    return (await makeCleanupPlan(place, { blobs: "all" }, new Map(), head, signal)).plan.warnings;
  };
  expect(await planOf(3)).toEqual([like("moreMisnamed", { blobs: 3 })]);
  expect(await planOf()).toEqual([]);
});

it("leaves a blob that is leased, or larger than what is kept for an undo", async () => {
  const group = storedGroup(
    "billing",
    ["0", "31", "32", "33"].map((id) => checkpoint(id, 9)),
  );
  const listed = (id: string, parts: Record<string, string> = {}) =>
    listedElement(`ns/hub/group/checkpoint/${id}`, { etag: `<Etag>${noon}</Etag>`, ...parts });
  const store = await serveListings(() => [
    listingPage([
      listed("31", { lease: "<LeaseStatus>locked</LeaseStatus><LeaseState>leased</LeaseState>" }),
      listed("32", { size: "<Content-Length>65537</Content-Length>" }),
      listed("33", { size: "<Content-Length>65536</Content-Length>" }),
    ]),
  ]);
  try {
    const place = modelPlace({
      partitions: { "0": modelPartition(0, 20) },
      group,
      place: { container: new ContainerClient(store.url) },
    });
    const { plan, writes } = await makeCleanupPlan(place, { blobs: "all" }, new Map(), head, signal);
    expect(plan.entries.map(({ blockedBy }) => blockedBy)).toEqual([
      reason("blobLeased"),
      reason("blobNotKept", { blobName: "ns/hub/group/checkpoint/32", bytes: 65_537, mostBytes: 65_536 }),
      null,
    ]);
    expect(writes.map(({ blobName }) => blobName)).toEqual(["ns/hub/group/checkpoint/33"]);
  } finally {
    await store.stop();
  }
});

it("is not said to be watched: no refresh shows a clean-up's blobs", () => {
  const place = modelPlace({ partitions: {} });
  expect(watchSecondsOf(place, [plannedWrite("0")])).toBe(180);
  const cleans = { partitionId: "31", why: "gonePartition" as const };
  expect(watchSecondsOf(place, [plannedWrite("ns/hub/group/checkpoint/31", { act: "remove", cleans })])).toBe(
    null,
  );
});
