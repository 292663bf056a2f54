import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { ownershipsIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { judgeEntry, judgeStream } from "#lib/reset/apply/judge-entry.ts";
import type { Observation } from "#lib/reset/apply/observation.ts";
import { withRacers } from "#lib/reset/apply/racers.ts";
import { plannedWrite } from "#tests/support/fixtures/plan-record.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { hubReading, noon, properties } from "#tests/support/fixtures/sources.ts";

const readAt = noon;
const blob = (name: string, secondsAgo: number, metadata: Record<string, string>): ListedBlob => ({
  name,
  etag: `${name} ${secondsAgo}`,
  updatedAt: readAt - secondsAgo * 1_000,
  metadata: new Map(Object.entries(metadata)),
  size: 0,
  leased: false,
});
const write = plannedWrite("0", { sequenceNumber: 9, offset: "576" });
const beside = (tree: string) => `${tree}/ownership/0`;
const lower = "localhost/orders/billing";
const typed = "localhost/Orders/Billing";

function sightOf(blobs: readonly ListedBlob[], over: Partial<Observation> = {}): Observation {
  const listing = { readAt, blobs: new Map(blobs.map((each) => [each.name, each])) };
  const hub = hubReading([properties("0")]);
  const ownerships = ownershipsIn(listing);
  return {
    listing,
    ownerships,
    hub,
    faults: new Map(),
    trees: [],
    rivals: new Map(),
    guardSeconds: 60,
    group: "billing",
    knownGroups: null,
    source: null,
    ...over,
  };
}
const judged = (observation: Observation, planned = write) =>
  judgeEntry(planned, observation.hub.createdOn, observation);

describe("the owners just before a write", () => {
  it("are read in every casing: a released one hides no other", () => {
    const released = blob(beside(lower), 2, { ownerid: "" });
    const active = blob(beside(typed), 8, { ownerid: "worker-1" });
    for (const blobs of [
      [released, active],
      [active, released],
    ]) {
      expect(judged(sightOf(blobs))).toMatchObject({
        verdict: "conflict",
        reason: like("ownedNow", { ownerId: "worker-1", renewedSecondsAgo: 8 }),
      });
    }
    const gone = judged(sightOf([released, blob(beside(typed), 60, { ownerid: "worker-1" })]));
    expect(gone).toEqual({ verdict: "free", blob: null, lastOwnerId: "worker-1" });
  });
});

describe("a processor at work on another partition just before a write", () => {
  const elsewhere = blob(`${lower}/ownership/1`, 8, { ownerid: "worker-1" });
  const because = like("ownedNow", { ownerId: "worker-1", renewedSecondsAgo: 8 });
  const running = like("groupRunning", { partitions: 1, because });
  const json = { ...blob("hosts/billing/1", 90, {}), leased: true };
  const source = {
    blobName: "hosts/billing/0",
    format: "eph" as const,
    etag: "hosts/billing/0 90",
    rivals: [],
  };
  const moving = plannedWrite("0", { etag: null, source });
  const moved = (id: string) =>
    [id, plannedWrite(id, { ...source, blobName: `hosts/billing/${id}`, act: "keep" })] as const;
  const sourceSight = (...more: ListedBlob[]) => ({
    ...sightOf([blob("hosts/billing/0", 90, {}), ...more]),
    writes: new Map([moved("0"), moved("1")]),
  });

  it.each<[string, Partial<PlannedWrite>]>([
    ["a move", { source }],
    ["the undo of a move, which deletes", { act: "remove" }],
    ["the undo of a move, which restores", { act: "restore", metadata: {} }],
    ["the undo of a move, which writes a position anew", { undoesMove: true }],
  ])("is in the way of %s", (_, over) => {
    const planned = plannedWrite("0", { etag: null, ...over });
    expect(judged(sightOf([elsewhere]), planned)).toMatchObject({ verdict: "conflict", reason: running });
    const expired = blob(elsewhere.name, 60, { ownerid: "worker-1" });
    expect(judged(sightOf([expired]), planned)).toMatchObject({ verdict: "free" });
  });

  it("is in the way of a move from there, by its ownership or by its lease", () => {
    const changed = (why: object) => ({
      verdict: "conflict",
      reason: like("sourceChanged", {
        because: expect.objectContaining({ code: "groupRunning", params: why }),
      }),
    });
    const at = (...more: ListedBlob[]) => judged(sightOf([], { source: sourceSight(...more) }), moving);
    expect(at()).toMatchObject({ verdict: "free" });
    expect(at(elsewhere)).toMatchObject(changed({ partitions: 1, because }));
    expect(at(json)).toMatchObject(changed({ partitions: 1, because: like("blobLeased") }));
  });

  it("is in the way of a move within the group by a lease of another layout", () => {
    const rivals = new Map([["1", new Map([[json.name, json.etag]])]]);
    expect(judged(sightOf([json], { rivals }), moving)).toMatchObject({
      reason: like("groupRunning", { partitions: 1, because: like("blobLeased") }),
    });
  });

  it("is not in the way of any other reset", () => {
    const rivals = new Map([["1", new Map([[json.name, json.etag]])]]);
    expect(judged(sightOf([elsewhere, json], { rivals }))).toMatchObject({ verdict: "free" });
  });
});

describe("another reset just before a write", () => {
  const holder = holdingOwnerId("5d0c1c1e-0000-4000-8000-000000000002", "0", "0badcafe");
  const moved = (clientidentifier: string) =>
    blob(write.blobName, 3, { sequencenumber: "7", offset: "448", clientidentifier });
  const planned = { ...write, etag: "as it was" };

  it("is told from a processor by who wrote the checkpoint", () => {
    expect(judged(sightOf([moved("tidemark/r2/0")]), planned)).toMatchObject({
      verdict: "conflict",
      reason: like("movedByReset"),
    });
    expect(judged(sightOf([moved("worker-1")]), planned)).toMatchObject({ reason: like("checkpointMoved") });
    const none = { ...write, etag: null };
    expect(judged(sightOf([moved("tidemark/r2/0")]), none)).toMatchObject({ reason: like("movedByReset") });
    expect(judged(sightOf([moved("worker-1")]), none)).toMatchObject({ reason: like("checkpointAppeared") });
  });

  it("is told from a processor by who owns the partition", () => {
    expect(judged(sightOf([blob(beside(lower), 20, { ownerid: holder })]))).toMatchObject({
      verdict: "conflict",
      reason: like("heldByReset", { retryAfterSeconds: 40 }),
    });
  });

  it("is not assumed when a processor claimed the partition at the moment of the write", () => {
    const after = { etag: "2", updatedAt: readAt, sequenceNumber: 9, offset: "576" };
    const outcome = { partitionId: "0", result: "written" as const, after, reason: null };
    const raced = (ownerid: string) =>
      withRacers([outcome], [sightOf([blob(beside(lower), 1, { ownerid })]).listing], () => ({
        write: plannedWrite("0"),
        guardSeconds: 60,
      }))[0]?.reason;
    expect(raced("worker-1")).toEqual(like("claimedAtWrite"));
    expect(raced(holder)).toBeNull();
  });
});

it("tells of a group that has passed a target ahead by itself that it has", () => {
  const ahead = { ...write, etag: "as it was", sequenceNumber: 7, isForward: true, isAhead: true };
  const at = (sequenceNumber: string, planned: PlannedWrite = ahead) => {
    const moved = blob(write.blobName, 3, { sequencenumber: sequenceNumber, offset: "448" });
    return judged(sightOf([moved]), planned);
  };
  const passed = { verdict: "conflict", reason: like("wentPastTarget", { targetSequenceNumber: 7 }) };
  const moved = { verdict: "conflict", reason: like("checkpointMoved") };
  expect(at("9")).toMatchObject(passed);
  expect(at("7")).toMatchObject(passed);
  expect(at("6")).toMatchObject(moved);
  const { isAhead: _, ...anew } = ahead;
  expect(at("7", anew)).toMatchObject(moved);
  expect(at("9", { ...write, etag: "as it was" })).toMatchObject(moved);
  expect(at("9", { ...ahead, undoesMove: true })).toMatchObject(moved);
});

describe("the stream just before a write", () => {
  const judged = (write: Partial<PlannedWrite>, begin: number, last: number, isEmpty = false) => {
    const partition = properties("0", {
      beginningSequenceNumber: begin,
      lastEnqueuedSequenceNumber: last,
      isEmpty,
    });
    const hub = hubReading([partition]);
    return judgeStream(plannedWrite("0", write), hub.createdOn, hub)?.reason ?? null;
  };
  const event99 = { sequenceNumber: 99, offset: "6336" };

  it.each<[string, Reason | null, Reason | null]>([
    ["the event of the offset is there", judged(event99, 99, 199), null],
    ["it has just left", judged(event99, 100, 199), like("targetEventExpired", { sequenceNumber: 99 })],
    [
      "so has the next one",
      judged(event99, 101, 199),
      like("nextEventExpired", { sequenceNumber: 100, beginningSequenceNumber: 101 }),
    ],
    ["it has left, and was the last one", judged(event99, 100, 99, true), null],
    ["the start is written, and is there still", judged({ ...event99, offset: "-1" }, 100, 199), null],
    ["the start was asked for", judged({ ...event99, offset: "-1", isStart: true }, 150, 199), null],
    [
      "an event was asked for that was the first by then",
      judged({ ...event99, offset: "-1" }, 150, 199),
      like("nextEventExpired", { sequenceNumber: 100, beginningSequenceNumber: 150 }),
    ],
  ])("is judged when %s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
