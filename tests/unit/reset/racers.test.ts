import { describe, expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import { toIso } from "#lib/core/time.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { EntryOutcome } from "#lib/reset/apply/entry-outcome.ts";
import { withRacers } from "#lib/reset/apply/racers.ts";
import { plannedWrite } from "#tests/support/fixtures/plan-record.ts";
import { noon } from "#tests/support/fixtures/sources.ts";

const lower = "contoso.servicebus.windows.net/orders/billing";
const typed = "Contoso.servicebus.windows.net/Orders/Billing";
const blobName = `${lower}/checkpoint/0`;
const holder = holdingOwnerId("0f8fad5b-d9cb-469f-a165-70867728950e", "0", "1234abcd");

function blob(name: string, at: number, metadata: Record<string, string>): ListedBlob {
  const etag = `${name} ${at}`;
  return { name, etag, updatedAt: at, size: 0, leased: false, metadata: new Map(Object.entries(metadata)) };
}

/** What is told of a write at noon, by a listing of two seconds later. */
function told(write: Partial<PlannedWrite>, blobs: readonly ListedBlob[], answeredAt: number | null = noon) {
  const planned = plannedWrite("0", { blobName, etag: "planned", ...write });
  const isDeletion = planned.act === "remove";
  const outcome: EntryOutcome = {
    partitionId: planned.partitionId,
    result: "written",
    after: isDeletion ? null : { etag: "2", updatedAt: noon, sequenceNumber: 9, offset: "576" },
    reason: null,
    ...(isDeletion && answeredAt !== null && { deletedAt: answeredAt }),
  };
  const listing = { readAt: noon + 2_000, blobs: new Map(blobs.map((each) => [each.name, each])) };
  const [seen] = withRacers([outcome], [listing], () => ({ write: planned, guardSeconds: 60 }));
  return { reason: seen?.reason, lastOwnerId: seen?.lastOwnerId };
}

const owner = (id: string, at: number, ownerid = "worker-1", tree = lower) =>
  blob(`${tree}/ownership/${id}`, at, { ownerid });
const cleans = (why: NonNullable<PlannedWrite["cleans"]>["why"], act: PlannedWrite["act"] = "remove") => ({
  act,
  partitionId: blobName,
  cleans: { partitionId: "0", why },
});
const none = { reason: null, lastOwnerId: undefined };
const claimed = {
  reason: reason("claimedAtDeletion", { ownerId: "worker-1", blobName }),
  lastOwnerId: "worker-1",
};

describe("who claims a partition at the moment of a deletion", () => {
  it("is told, and nobody who claimed it afterwards, let it expire or holds it for a reset", () => {
    const remove = { act: "remove" as const };
    expect(told(remove, [owner("0", noon)])).toEqual(claimed);
    expect(told(remove, [owner("0", noon - 3_000, "worker-1", typed)])).toEqual(claimed);
    expect(told(remove, [owner("0", noon + 1_000)])).toEqual(none);
    expect(told(remove, [owner("0", noon - 60_000)])).toEqual(none);
    expect(told(remove, [owner("0", noon, holder)])).toEqual(none);
    expect(told(remove, [owner("0", noon, "")])).toEqual(none);
    expect(told(remove, [owner("1", noon)])).toEqual(none);
  });

  it("is looked for up to the listing where nobody answered when the blob went", () => {
    expect(told({ act: "remove" }, [owner("0", noon + 1_000)], null)).toEqual(claimed);
  });

  it("is whoever the clean-up has to wait for", () => {
    expect(told(cleans("gonePartition"), [owner("0", noon)])).toEqual(claimed);
    expect(told(cleans("gonePartition"), [owner("1", noon)])).toEqual(none);
    expect(told(cleans("goneGroup"), [owner("1", noon)])).toEqual(claimed);
    expect(told(cleans("brokenCheckpoint"), [owner("1", noon)])).toEqual(claimed);
    expect(told(cleans("leftBehind"), [owner("1", noon)])).toEqual(claimed);
    expect(told(cleans("leftBehind"), [owner("0", noon, "worker-1", typed)])).toEqual(none);
  });

  it("is told of what a clean-up's undo brings back, too", () => {
    const restoring = reason("claimedAtRestoring", { ownerId: "worker-1", blobName });
    expect(told(cleans("gonePartition", "restore"), [owner("0", noon)]).reason).toEqual(restoring);
    expect(told({}, [owner("0", noon)]).reason).toEqual(reason("claimedAtWrite", { ownerId: "worker-1" }));
  });
});

it("tells of a blob that somebody wrote again where one was deleted", () => {
  const again = blob(blobName, noon + 1_000, { sequencenumber: "12", offset: "768" });
  const updatedAt = toIso(again.updatedAt);
  const writtenAgain = {
    reason: reason("writtenAtDeletion", { blobName, updatedAt }),
    lastOwnerId: undefined,
  };
  expect(told({ act: "remove" }, [again, owner("0", noon)])).toEqual(writtenAgain);
  expect(told(cleans("goneGroup"), [again])).toEqual(writtenAgain);
  // A look from before the deletion, which was tried twice.
  expect(told({ act: "remove", etag: again.etag }, [again])).toEqual(none);
  expect(told({}, [again])).toEqual(none);
});
