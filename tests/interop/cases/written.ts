import { expect, vi } from "vitest";
import type { Task } from "../task.ts";
import type { Case, CaseRun } from "./case.ts";
import type { Recorded } from "./findings.ts";

/**
 * The blobs' names show what an SDK makes of a name that is neither all lower case nor the group's real
 * spelling.
 */
const consumerGroup = "Workers";
const perPartition = 3;
/** In place of the port that the endpoint happened to be given. */
const writtenPort = "5671";

async function blobsOf({ world }: CaseRun, hub: string): Promise<Recorded["running"]> {
  const blobs: Recorded["running"] = [];
  for await (const { name, metadata, properties } of world.local.container.listBlobsFlat({
    includeMetadata: true,
  })) {
    if (!name.toLowerCase().includes(`/${hub.toLowerCase()}/`)) continue;
    blobs.push({
      name: name.replace(/^localhost:\d+/, `localhost:${writtenPort}`),
      metadata: metadata ?? {},
      size: properties.contentLength ?? 0,
      contentType: properties.contentType ?? "",
      leased: properties.leaseState === "leased",
    });
  }
  return blobs;
}

async function record(run: CaseRun, hub: string, namespace: string, over: Partial<Task>): Promise<Recorded> {
  const { world, start } = run;
  const partitionIds = ["0", "1"];
  for (const partitionId of partitionIds) world.local.enqueue(hub, partitionId, perPartition);
  const worker = start(hub, { consumerGroup, ...over });
  for (const partitionId of partitionIds) {
    await worker.says({ kind: "checkpointed", partitionId, sequenceNumber: perPartition - 1 });
  }
  const running = await blobsOf(run, hub);
  await worker.stop();
  const closed = await blobsOf(run, hub);
  const offsets = closed.flatMap(({ name, metadata }) =>
    /\/checkpoint\//i.test(name) ? [[name.split("/").at(-1), metadata.offset] as const] : [],
  );
  const partitions = partitionIds.map((partitionId) => {
    const offset = offsets.find(([id]) => id === partitionId)?.[1] ?? "";
    expect(offset).not.toBe("");
    return [partitionId, { sequenceNumber: perPartition - 1, offset }] as const;
  });
  return {
    namespace,
    eventHub: hub,
    consumerGroup,
    partitions: Object.fromEntries(partitions),
    running,
    closed,
  };
}

export const written: Case = {
  number: 8,
  title: "What is written",
  isQuick: false,
  isWatched: false,
  hubs: ["Written", "Ported", "Opaque"],
  async prove(run) {
    const { world, hubOf, sdk } = run;
    const recorded = [
      await record(run, hubOf("Written"), "localhost", {}),
      await record(run, hubOf("Opaque"), "localhost", {}),
    ];
    const plain = world.task(hubOf("Ported"));
    // Rust is told the host alone.
    if (sdk.id !== "rust") {
      const connectionString = plain.connectionString.replace("localhost/", `localhost:${plain.tlsPort}/`);
      const ported = `localhost:${writtenPort}`;
      recorded.push(await record(run, hubOf("Ported"), ported, { connectionString }));
    }
    const opaque = recorded[1]?.partitions["0"]?.offset;
    expect(opaque, "An offset that is more than a number").not.toMatch(/^\d+$/);
    return { recorded };
  },
};

const renewalsMs = 70_000;

export const byDefault: Case = {
  number: 8,
  title: "Intervals by default",
  isQuick: false,
  isWatched: false,
  hubs: ["alone", "beside"],
  async prove(run) {
    const { world, hubOf, start } = run;
    const [alone, beside] = [hubOf("alone"), hubOf("beside")];
    await world.local.own(beside, "workers", "1", "a-stranger");
    const plantedAt = Date.now();
    for (const hub of [alone, beside]) for (const id of ["0", "1"]) world.local.enqueue(hub, id, 1);
    const workers = [alone, beside].map((hub) => start(hub, { isByDefault: true }));
    const [first, second] = workers;
    if (first === undefined || second === undefined) throw new Error("There are two.");
    await first.says({ kind: "claimed" });

    const seen: { etag: string; at: number }[] = [];
    const until = Date.now() + renewalsMs;
    await vi.waitFor(
      async () => {
        const blobs = world.local.container.listBlobsFlat({
          prefix: `localhost/${alone}/workers/ownership/`,
        });
        for await (const { properties } of blobs) {
          if (properties.etag !== seen.at(-1)?.etag) seen.push({ etag: properties.etag, at: Date.now() });
          break;
        }
        expect(Date.now()).toBeGreaterThan(until);
      },
      { timeout: 2 * renewalsMs, interval: 250 },
    );
    const gaps = seen.slice(1).map(({ at }, index) => at - (seen[index]?.at ?? at));
    const sorted = gaps.toSorted((one, other) => one - other);
    const claims = first.lines.filter(({ kind }) => kind === "claimed");
    const taken = await vi.waitFor(
      () => {
        const claimed = second.lines.find(
          ({ kind, partitionId }) => kind === "claimed" && partitionId === "1",
        );
        if (claimed === undefined) throw new Error(`${beside}: the stranger's partition was not taken over`);
        return claimed;
      },
      { timeout: 240_000, interval: 250 },
    );
    await Promise.all(workers.map((worker) => worker.stop()));
    return {
      defaults: {
        renewsEverySeconds: Math.round((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) / 1000),
        takesOverAfterSeconds: Math.round((taken.at - plantedAt) / 1000),
        claims: (claims[1]?.at ?? Infinity) - (claims[0]?.at ?? 0) < 3_000 ? "both" : "one",
      },
    };
  },
};
