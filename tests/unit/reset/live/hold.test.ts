import { type ContainerClient, RestError } from "@azure/storage-blob";
import { expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import { claim, type Hold } from "#lib/reset/live/hold-blob.ts";
import { nextTurn } from "#lib/reset/live/table.ts";
import { takenBy } from "#lib/reset/live/watch/observe-partition.ts";
import { verifying } from "#tests/support/simulated/live-states.ts";
import { calm, limits, runAll, start } from "#tests/support/simulated/simulated-runs.ts";

const [ours, others] = ["5d0c1c1e-0000-4000-8000-000000000001", "5d0c1c1e-0000-4000-8000-000000000002"];
const blobName = "ns/hub/group/ownership/0";

class OwnershipBlob {
  ownerId: string;
  etag = 1;
  lostAnswers: number;
  refusal: RestError | null = null;

  constructor(ownerId: string, lostAnswers = 0) {
    this.ownerId = ownerId;
    this.lostAnswers = lostAnswers;
  }

  hold(): Hold {
    const ownerId = holdingOwnerId(ours, "0", "0badcafe");
    return {
      container: this.#container(),
      blobName,
      partitionId: "0",
      ownerId,
      expirationSeconds: 60,
      heldOff: null,
    };
  }

  #container(): ContainerClient {
    const list = async function* (blob: OwnershipBlob) {
      const properties = { etag: String(blob.etag), lastModified: new Date(95_000) };
      const metadata = { ownerid: blob.ownerId };
      yield {
        date: new Date(100_000),
        segment: { blobItems: [{ name: blobName, metadata, properties }] },
      };
    };
    const setMetadata = async ({ ownerid }: { ownerid: string }) => {
      if (this.refusal !== null) throw this.refusal;
      this.ownerId = ownerid;
      this.etag += 1;
      this.lostAnswers -= 1;
      if (this.lostAnswers >= 0) throw new RestError("reset", { code: "ECONNRESET" });
      return { etag: `"${this.etag}"` };
    };
    const container = {
      containerName: "checkpoints",
      listBlobsFlat: () => ({ byPage: () => list(this) }),
      getBlockBlobClient: () => ({ setMetadata }),
    };
    return container as unknown as ContainerClient;
  }
}

it("knows whom it took a partition from when the answer to its claim was lost", async () => {
  const hold = new OwnershipBlob("worker-1", 1).hold();
  expect(await claim(hold)).toMatchObject({ type: "claimFailed" });
  expect(await claim(hold)).toEqual({ type: "claimed", etag: "2", previous: "worker-1" });
});

it("does not say that nobody owned it then", () => {
  const script = { ...calm, storageFaults: new Map([[0, "answerLost" as const]]), returnsAfterMs: null };
  const { end } = runAll(script);
  expect(end).toMatchObject({ heldOff: "old", end: { result: "written", isVerified: false } });
});

it("takes no partition from another live reset when it can't see that reset's dashboard", async () => {
  const theirs = holdingOwnerId(others, "0", "0badcafe");
  const blob = new OwnershipBlob(theirs);
  expect(await claim(blob.hold())).toMatchObject({ type: "claimRefused" });
  expect(blob.ownerId).toBe(theirs);
});

it("takes a partition that the same reset has left", async () => {
  const hold = new OwnershipBlob(holdingOwnerId(ours, "0", "0ddba11c")).hold();
  expect(await claim(hold)).toMatchObject({ type: "claimed" });
});

it.each([
  [409, "BlobImmutableDueToPolicy", { type: "claimFailed", isFinal: true }],
  [412, "LeaseIdMissing", { type: "claimFailed", isFinal: true }],
  [503, "ServerBusy", { type: "claimFailed", isFinal: false }],
  [412, "ConditionNotMet", { type: "claimRefused" }],
])("takes %s %s for what it is", async (statusCode, code, event) => {
  const blob = new OwnershipBlob("worker-1");
  blob.refusal = new RestError("refused", { statusCode, code });
  expect(await claim(blob.hold())).toMatchObject(event);
});

it("names a reset, not a processor, when another reset took or wrote the partition since", () => {
  const by = holdingOwnerId(others, "0", "0badcafe");
  expect(takenBy(by)).toEqual(reason("ownershipHeldByReset"));
  expect(takenBy("worker-1")).toEqual(reason("ownershipTaken", { ownerId: "worker-1" }));
  const given = verifying({ heldOff: "old" });
  const looked = (writtenBy: string) => {
    const checkpoint = { etag: "9", sequenceNumber: 20_000, isOurs: false, writtenBy };
    const observation = { askedAt: 900, checkpoint, ownership: null, othersHeld: false };
    return nextTurn(given, { type: "observed", observation }, { now: 900, limits: limits() }).state;
  };
  expect(looked("tidemark/r2/0")).toMatchObject({
    step: "ended",
    end: { result: "written", reason: reason("writtenByLaterReset"), isVerified: false },
  });
  expect(looked("worker-1").step).toBe("verifying");
});

it("asks once when a claim is refused for good, and again when it is not", () => {
  const because = reason("failedInside", { detail: "409" });
  const claiming = nextTurn(start(calm), { type: "start" }, { now: 0, limits: limits() }).state;
  const after = (isFinal: boolean) =>
    nextTurn(claiming, { type: "claimFailed", because, isFinal }, { now: 100, limits: limits() }).state;
  expect(after(true)).toMatchObject({ step: "ended", end: { result: "failed", reason: because } });
  expect(after(false)).toMatchObject({ step: "claiming", retryAt: expect.any(Number) });
});
