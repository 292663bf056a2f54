import { describe, expect, it } from "vitest";
import type { StoreScope } from "#lib/checkpoint-store/formats/format.ts";
import { recordedBlobs } from "#tests/interop/recorded.ts";
import { readWild } from "#tests/support/fixtures/blobs/read-wild.ts";

const recorded = recordedBlobs().flatMap(({ sdk, version, groups }) =>
  groups.map((group) => ({ ...group, title: `${sdk} ${version}, ${group.namespace}/${group.eventHub}` })),
);

it("has what every SDK wrote", () => {
  const sdks = new Set(recordedBlobs().map(({ sdk }) => sdk));
  expect([...sdks].toSorted()).toEqual(["go", "java", "javascript", "python", "python-sync", "rust"]);
});

describe.each(recorded)("$title", ({ eventHub, consumerGroup, partitions, running, closed }) => {
  const read = (blobs: typeof running) => {
    const scope: StoreScope = {
      // A port is part of the name where an SDK keeps it.
      fullyQualifiedNamespaces: ["localhost", "localhost:5671"],
      eventHubName: eventHub.toLowerCase(),
      otherEventHubNames: [],
      consumerGroup: null,
    };
    const { contents, groups } = readWild(
      blobs.map((blob) => ({ ...blob, body: "" })),
      scope,
    );
    return { contents, groups, group: groups.get(consumerGroup.toLowerCase()) };
  };

  it.each([
    ["while the processor ran", running],
    ["once it had closed", closed],
  ])("has every checkpoint %s", (_, blobs) => {
    const { contents, group, groups } = read(blobs);
    expect([...groups.keys()]).toEqual([consumerGroup.toLowerCase()]);
    expect(contents).toHaveLength(blobs.length);
    for (const [partitionId, { sequenceNumber, offset }] of Object.entries(partitions)) {
      expect(group?.checkpoints.get(partitionId)).toMatchObject({
        sequenceNumber,
        offset,
        unreadable: null,
        stopsGroup: false,
        format: "common",
      });
    }
    expect(group?.checkpoints.size).toBe(Object.keys(partitions).length);
    expect(group?.misnamed).toEqual([]);
  });

  it("has one owner while it ran, and the same or none after", () => {
    const ids = Object.keys(partitions);
    const ownersIn = (blobs: typeof running) => {
      const { group } = read(blobs);
      return ids.map((id) => group?.ownerships.get(id)?.ownerId);
    };
    const [owner] = ownersIn(running);
    expect(owner).toMatch(/^.{8,}$/);
    expect(ownersIn(running)).toEqual(ids.map(() => owner));
    expect([[owner], [""]]).toContainEqual([...new Set(ownersIn(closed))]);
  });

  it("has empty bodies and no lease", () => {
    for (const { size, leased } of [...running, ...closed])
      expect({ size, leased }).toEqual({ size: 0, leased: false });
  });
});
