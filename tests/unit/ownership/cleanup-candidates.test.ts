import { expect, it } from "vitest";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import { cleanupCandidates } from "#lib/ownership/cleanup-candidates.ts";
import { checkpoint, noon, storedGroup } from "#tests/support/fixtures/sources.ts";

const old = "Contoso.servicebus.windows.net/Orders/Billing/checkpoint/0";
const made = old.toLowerCase();

function whys(writtenBy: string | null, format: "common" | "eph" = "common") {
  const left = { ...checkpoint("0", 9), format, blobName: old, etag: "old" };
  const group = storedGroup("billing", [{ ...checkpoint("0", 9), blobName: made, etag: "made", writtenBy }]);
  group.superseded.push(left);
  const candidates = cleanupCandidates(group, {
    storeNow: noon,
    guardSeconds: 60,
    partitionIds: new Set(["0"]),
    knownGroups: null,
    leftBehind: new Map([[old, { etag: "old", madeBlobName: made }]]),
  });
  return candidates.map(({ blobName, why }) => [blobName, why]);
}

it("keeps a spelling that a move left behind until a processor has gone on from the other one", () => {
  const byMove = ownIdentifier("reset-1", "0");
  expect(whys(byMove)).toEqual([]);
  expect(whys(null)).toEqual([[old, "leftBehind"]]);
  expect(whys(byMove, "eph")).toEqual([[old, "leftBehind"]]);
});
