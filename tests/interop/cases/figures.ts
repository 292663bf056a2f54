import { expect } from "vitest";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";
import { consumerGroup, partitionIds } from "../world.ts";
import type { Case } from "./case.ts";

const perPartition = 42;
const checkpointEvery = 5;
const checkpointed = 39;

export const figures: Case = {
  number: 1,
  title: "Figures",
  isQuick: true,
  isWatched: true,
  hubs: ["figures"],
  async prove({ world, hubOf, start }) {
    const hub = hubOf("figures");
    const worker = start(hub, { checkpointEvery });
    for (const partitionId of partitionIds) world.local.enqueue(hub, partitionId, 5);
    await worker.says({ kind: "checkpointed", sequenceNumber: 4 });
    for (let count = 5; count < perPartition; count++) {
      for (const partitionId of partitionIds) world.local.enqueue(hub, partitionId, 1);
      if (count % 10 !== 0) continue;
      const shown = await world.group(hub, ({ partitions }) => expect(partitions).toHaveLength(2));
      for (const { partitionId, lag, checkpoint, lastEnqueuedSequenceNumber: last } of shown.partitions) {
        const end = world.local.eventHubs.partition(hub, partitionId).lastEnqueuedSequenceNumber;
        const at = checkpoint?.sequenceNumber ?? null;
        // A figure that is unread or late claims nothing.
        if (last === null || at === null) continue;
        expect(last).toBeLessThanOrEqual(end);
        if (lag !== null) expect(lag).toBe(Math.max(0, last - at));
      }
    }

    for (const partitionId of partitionIds) {
      await worker.says({ kind: "checkpointed", partitionId, sequenceNumber: checkpointed });
    }
    const settled = await world.group(hub, ({ partitions }) => {
      for (const { lag, lagState, checkpoint, lastEnqueuedSequenceNumber, owner } of partitions) {
        expect({ lag, lagState, at: checkpoint?.sequenceNumber, lastEnqueuedSequenceNumber }).toEqual({
          lag: perPartition - 1 - checkpointed,
          lagState: "ok",
          at: checkpointed,
          lastEnqueuedSequenceNumber: perPartition - 1,
        });
        expect(owner?.state).toBe("active");
      }
    });
    expect(settled).toMatchObject({
      totalLag: 4,
      partitionsUnknown: 0,
      ownedPartitions: 2,
      formats: ["common"],
    });
    expect(settled.owners).toHaveLength(1);
    const { blobs } = await listBlobs(world.local.container, `${localNamespace}/${hub}/`);
    for (const { partitionId, checkpoint, owner, lagSeconds } of settled.partitions) {
      const blobOf = (kind: string) =>
        blobs.find(
          ({ name }) =>
            name.toLowerCase() === `${localNamespace}/${hub}/${consumerGroup}/${kind}/${partitionId}`,
        );
      const stored = blobOf("checkpoint");
      expect(checkpoint).toMatchObject({
        offset: stored?.metadata.get("offset"),
        writtenBy: stored?.metadata.get("clientidentifier") ?? null,
        blobName: stored?.name,
      });
      expect(owner?.ownerId).toBe(blobOf("ownership")?.metadata.get("ownerid"));
      expect(lagSeconds).toBeGreaterThanOrEqual(0);
    }
    await worker.stop();
    return {};
  },
};
