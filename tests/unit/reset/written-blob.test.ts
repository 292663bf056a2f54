import { describe, expect, it } from "vitest";
import type { StoredCheckpoint, StoredGroup, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { offsetOf } from "#tests/support/fixtures/model-place.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { ownership, storedGroup } from "#tests/support/fixtures/sources.ts";
import { ago, at, planned } from "./planned.ts";

describe("the blob that is written", () => {
  const blobNames = async (group: StoredGroup | null, place: Partial<ResetPlace> = {}) =>
    (await planned(group, "offline", place)).writes.map(({ blobName, etag }) => [blobName, etag]);
  const typed = "Contoso.servicebus.windows.net/Orders/Billing";

  const lower = "contoso.servicebus.windows.net/orders/billing";
  const checkpointIn = (tree: string, id: string, secondsAgo: number, over: Partial<StoredCheckpoint> = {}) =>
    at(secondsAgo, { partitionId: id, blobName: `${tree}/checkpoint/${id}`, etag: `${tree} ${id}`, ...over });
  const ownedIn = (tree: string, id: string, ownerId: string, secondsAgo: number): StoredOwnership => ({
    ...ownership(id, ownerId, ago(secondsAgo)),
    blobName: `${tree}/ownership/${id}`,
  });

  it("is the one that counts, and a new one is put beside the newest in the same spelling", async () => {
    const group = storedGroup(
      "billing",
      [checkpointIn(lower, "0", 600)],
      [ownedIn(typed, "3", "", 601), ownedIn(lower, "3", "", 600)],
    );
    expect(await blobNames(group)).toEqual([
      [`${lower}/checkpoint/0`, `${lower} 0`],
      [`${lower}/checkpoint/1`, null],
    ]);
  });

  it("is where the group lives now, even if an idle partition's checkpoint is where it lived before", async () => {
    const group = storedGroup(
      "billing",
      [checkpointIn(typed, "0", 86_400), checkpointIn(lower, "1", 600)],
      [ownedIn(lower, "0", "", 500), ownedIn(lower, "1", "", 500)],
    );
    const { first, writes } = await planned(group);
    expect(writes.map(({ blobName, etag }) => [blobName, etag])).toEqual([
      [`${lower}/checkpoint/0`, null],
      [`${lower}/checkpoint/1`, `${lower} 1`],
    ]);
    // The processors would find none there, and none is what gets replaced.
    expect(first).toMatchObject({ current: null, replays: null, skips: null });
    expect(first.warnings).toContainEqual(
      like("newerCheckpointElsewhere", { writtenBlobName: `${lower}/checkpoint/0` }),
    );
    // The same holds without an owner of its own: the newest blob of the whole group tells.
    expect(await blobNames({ ...group, ownerships: new Map() })).toMatchObject([
      [`${lower}/checkpoint/0`, null],
      {},
    ]);
  });

  it("is the older of two when its tree is the live one, and is what gets replaced", async () => {
    const old = checkpointIn(lower, "0", 90_000, { sequenceNumber: 30, offset: offsetOf(30) });
    const group = {
      ...storedGroup("billing", [checkpointIn(typed, "0", 86_400)], [ownedIn(lower, "1", "", 500)]),
      superseded: [old],
    };
    const { first, writes } = await planned(group);
    expect(writes[0]).toMatchObject({ blobName: old.blobName, etag: old.etag });
    expect(first).toMatchObject({ current: { sequenceNumber: 30 }, replays: 11 });
    expect(first.warnings).toContainEqual(
      like("newerCheckpointElsewhere", { blobName: `${typed}/checkpoint/0` }),
    );
  });

  it("is that of the live owner, whichever tree is the newest", async () => {
    const group = storedGroup(
      "billing",
      [checkpointIn(typed, "0", 86_400), checkpointIn(typed, "1", 2)],
      [ownedIn(lower, "0", "worker-1", 9), ownedIn(typed, "1", "worker-2", 3)],
    );
    const { writes, first } = await planned(group, "live");
    expect(writes.map(({ blobName }) => blobName)).toEqual([
      `${lower}/checkpoint/0`,
      `${typed}/checkpoint/1`,
    ]);
    expect(first.holds?.ownerId).toBe("worker-1");
  });

  it("has the layout that was written last, and for Azure Functions the one that they fall back to", async () => {
    const json = (format: "eph" | "functions", secondsAgo: number) =>
      at(secondsAgo, { format, blobName: "ns/hub/billing/0", etag: "json" });
    const common = [ownedIn(lower, "0", "", 500)];
    const first = async (format: "eph" | "functions", secondsAgo: number) =>
      (await blobNames(storedGroup("billing", [json(format, secondsAgo)], common)))[0];
    expect(await first("eph", 400)).toEqual(["ns/hub/billing/0", "json"]);
    expect(await first("eph", 600)).toEqual([`${lower}/checkpoint/0`, null]);
    expect(await first("functions", 600)).toEqual(["ns/hub/billing/0", "json"]);
  });

  it("is spelled lower-case when the group has none, under the store's own prefix", async () => {
    const folder = "contoso.servicebus.windows.net/orders/billing/checkpoint";
    const [first] = await blobNames(null);
    expect(first).toEqual([`${folder}/0`, null]);
    const [prefixed] = await blobNames(null, { commonPrefix: "Team A/" });
    expect(prefixed).toEqual([`Team A/${folder}/0`, null]);
  });

  it("is not invented in a layout that processors fill themselves", async () => {
    const group = { ...storedGroup("billing", [at(600, { format: "eph" })]), formats: ["eph" as const] };
    const { first, second } = await planned(group);
    expect([first.blockedBy, second.blockedBy]).toEqual([null, like("layoutNeedsProcessor")]);
    expect((await planned(null, "offline", { commonPrefix: null })).plan.blockedBy).toEqual(
      like("layoutNeedsProcessor"),
    );
  });
});
