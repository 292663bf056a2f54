import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";
import { consumerGroup, partitionIds } from "../world.ts";
import type { Case, CaseRun } from "./case.ts";

const claimants = 12;
const partitionId = "0";

async function ownClaims({ world }: CaseRun, hub: string, count: number, after: () => Promise<unknown>) {
  const store = new BlobCheckpointStore(world.local.container);
  const address = { fullyQualifiedNamespace: localNamespace, eventHubName: hub, consumerGroup, partitionId };
  const listed = await store.listOwnership(localNamespace, hub, consumerGroup);
  const etag = listed.find((each) => each.partitionId === partitionId)?.etag;
  await after();
  const claims = await Promise.all(
    Array.from({ length: count }, () =>
      store.claimOwnership([{ ...address, ownerId: randomUUID(), ...(etag && { etag }) }]),
    ),
  );
  return claims.flat().map(({ ownerId }) => ownerId);
}

/** Both sides know the same: no owner yet, or the same last one. Returns how many claims won. */
async function winners(run: CaseRun, hub: string): Promise<number> {
  const worker = run.start(hub, { partitionId, claims: claimants / 2 });
  const own = await ownClaims(run, hub, claimants / 2, () => worker.says({ kind: "started" }));
  await worker.says({ kind: "stopped" });
  return own.length + worker.lines.filter(({ kind }) => kind === "claimed").length;
}

export const race: Case = {
  number: 7,
  title: "Races of the two stores",
  isQuick: false,
  isWatched: false,
  hubs: ["race", "own", "both"],
  async prove(run) {
    const { world, sdk, hubOf, start, startOwn } = run;
    const own = hubOf("own");
    const atOnce = async () => undefined;
    expect(await ownClaims(run, own, claimants, atOnce)).toHaveLength(1);
    expect(await ownClaims(run, own, claimants, atOnce)).toHaveLength(1);
    const both = hubOf("both");
    const first = await winners(run, both);
    if (isUnconditional(sdk.id)) expect(first).toBeGreaterThan(0);
    else expect(first).toBe(1);
    expect(await winners(run, both)).toBe(1);

    const hub = hubOf("race");
    for (const id of partitionIds) world.local.enqueue(hub, id, 5);
    const workers = [start(hub), startOwn(hub), start(hub), startOwn(hub)];
    const store = new BlobCheckpointStore(world.local.container);
    // Four processors for two partitions: two hold one each, and what they hold is what the blobs say.
    const reading = () => {
      const held = workers.flatMap(({ lines }) =>
        partitionIds.filter(
          (id) => lines.findLast((line) => line.partitionId === id && isTurn(line))?.kind === "claimed",
        ),
      );
      // Rust's processor learns from the next event that it lost a partition, and here comes none.
      return sdk.id === "rust" ? [...new Set(held)] : held;
    };
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

/** Their own stores claim a partition that never had an owner on no condition, so each such claim may win. */
const isUnconditional = (id: string): boolean => ["javascript", "python", "python-sync"].includes(id);

const isTurn = ({ kind }: { kind: string }): boolean => kind === "claimed" || kind === "lost";
