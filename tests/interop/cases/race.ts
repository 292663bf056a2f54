import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";
import { consumerGroup, partitionIds } from "../world.ts";
import type { Case, CaseRun } from "./case.ts";

const claimants = 12;

/** Claims of one partition at once by the product's own store: the ids that won. */
async function winners({ world }: CaseRun, hub: string, partitionId: string): Promise<string[]> {
  const store = new BlobCheckpointStore(world.local.container);
  const address = { fullyQualifiedNamespace: localNamespace, eventHubName: hub, consumerGroup, partitionId };
  const known = (await store.listOwnership(localNamespace, hub, consumerGroup)).find(
    (each) => each.partitionId === partitionId,
  );
  const claims = await Promise.all(
    Array.from({ length: claimants }, () =>
      store.claimOwnership([{ ...address, ownerId: randomUUID(), ...(known?.etag && { etag: known.etag }) }]),
    ),
  );
  return claims.flat().map(({ ownerId }) => ownerId);
}

/** First claims by both stores at once: whoever wins, nobody else thinks that he did. */
export const race: Case = {
  number: 7,
  title: "Races of the two stores",
  isQuick: false,
  isWatched: false,
  hubs: ["race", "first"],
  async prove(run) {
    const { world, hubOf, start, startOwn } = run;
    const first = hubOf("first");
    expect(await winners(run, first, "0")).toHaveLength(1);
    expect(await winners(run, first, "0")).toHaveLength(1);

    const hub = hubOf("race");
    for (const id of partitionIds) world.local.enqueue(hub, id, 5);
    const workers = [start(hub), startOwn(hub), start(hub), startOwn(hub)];
    const store = new BlobCheckpointStore(world.local.container);
    // Four processors for two partitions: two hold one each, and what they hold is what the blobs say.
    const reading = () =>
      workers.flatMap(({ lines }) =>
        partitionIds.filter(
          (id) =>
            lines.findLast(
              ({ kind, partitionId }) => partitionId === id && (kind === "claimed" || kind === "lost"),
            )?.kind === "claimed",
        ),
      );
    await vi.waitFor(
      async () => {
        expect(reading().toSorted()).toEqual(partitionIds);
        const owners = await store.listOwnership(localNamespace, hub, consumerGroup);
        expect(owners.filter(({ ownerId }) => ownerId !== "")).toHaveLength(2);
      },
      { timeout: 120_000, interval: 200 },
    );
    await vi.waitFor(() => {
      for (const id of partitionIds) {
        const numbers = new Set(workers.flatMap((worker) => worker.handled(id)));
        expect([...numbers].toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4]);
      }
    }, 60_000);
    await Promise.all(workers.map((worker) => worker.stop()));
    return {};
  },
};
