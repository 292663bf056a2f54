import { expect, it } from "vitest";
import { blockingBlobs } from "#lib/monitor/group/blocking-blobs.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, misnamed, ownership, storedGroup } from "#tests/support/fixtures/sources.ts";

const four = new Set(["0", "1", "2", "3"]);
const torn = (partitionId: string) => ({
  ...checkpoint(partitionId, 0),
  sequenceNumber: null,
  unreadable: "It has no sequence number.",
  stopsGroup: true,
});
const blank = (partitionId: string) => ({ ...checkpoint(partitionId, 7), offset: null });

it.each(["31", "$$$.$$$"])("reports a broken checkpoint of the partition %s, which the hub lacks", (id) => {
  const notes = blockingBlobs(storedGroup("billing", [checkpoint("0", 5), torn(id)]), four);
  const goneBlobs = [`ns/hub/group/checkpoint/${id}`];
  expect(notes).toEqual([like("blockingBlobs", { goneBlobs, checkpointBlobs: [], ownershipBlobs: [] })]);
  expect(notes[0]?.partitionIds).toEqual([]);
});

it("reports a broken, misnamed blob, even while the hub could not be read", () => {
  const group = {
    ...storedGroup("billing", [checkpoint("0", 5)]),
    misnamed: [misnamed("a/b")],
  };
  for (const here of [four, null]) {
    expect(blockingBlobs(group, here)).toMatchObject([
      { code: "blockingBlobs", partitionIds: [], params: { misnamedBlobs: ["ns/hub/group/checkpoint/a/b"] } },
    ]);
  }
});

it("reports no whole checkpoint of a partition that is gone", () => {
  expect(blockingBlobs(storedGroup("billing", [checkpoint("31", 5), blank("30")]), four)).toEqual([]);
});

it("gives each broken blob a remedy that works", () => {
  const group = storedGroup("billing", [torn("1")], [ownership("2", null), ownership("31", null)]);
  const [note] = blockingBlobs(group, four);
  expect(note?.partitionIds).toEqual(["1", "2"]);
  expect(note?.params).toEqual({
    checkpointBlobs: ["ns/hub/group/checkpoint/1"],
    ownershipBlobs: ["ns/hub/group/ownership/2"],
    goneBlobs: ["ns/hub/group/ownership/31"],
    misnamedBlobs: [],
  });
});

it("claims no partition to be gone while the hub could not be read", () => {
  const [note] = blockingBlobs(storedGroup("billing", [torn("31")]), null);
  expect(note).toMatchObject({ partitionIds: ["31"], params: { goneBlobs: [] } });
});

it("reports a broken checkpoint behind a newer one of another spelling too", () => {
  const hidden = { ...torn("0"), blobName: "ns/Hub/group/checkpoint/0" };
  const group = { ...storedGroup("billing", [checkpoint("0", 5)]), superseded: [hidden] };
  expect(blockingBlobs(group, four)).toMatchObject([{ code: "blockingBlobs", partitionIds: ["0"] }]);
});

it("stops only its own partition with a blank offset", () => {
  const notes = blockingBlobs(storedGroup("billing", [blank("1"), checkpoint("0", 5)]), four);
  expect(notes).toMatchObject([{ code: "blockedPartitions", partitionIds: ["1"] }]);
});

it("reports nothing for a group without blobs", () => {
  expect(blockingBlobs(null, four)).toEqual([]);
});
