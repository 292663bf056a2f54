import { vi } from "vitest";
import { localNamespace } from "#tests/support/worlds/local-world.ts";
import { consumerGroup } from "../world.ts";
import type { Case, CaseRun, Findings } from "./case.ts";

type Stopped = NonNullable<Findings["stopped"]>[string];

/** What is planted before a processor starts; partition 0 is the one concerned, 1 the other. */
const kinds: Record<string, [path: string, metadata: Record<string, string>]> = {
  "missing key": ["checkpoint/0", { offset: "0" }],
  "blank offset": ["checkpoint/0", { offset: " ", sequencenumber: "3" }],
  "no offset": ["checkpoint/0", { offset: "no offset", sequencenumber: "3" }],
  "ownership without ownerid": ["ownership/0", {}],
  "partition gone": ["checkpoint/31", { offset: "0" }],
  "no partition": ["checkpoint/$$$.$$$", { offset: "0" }],
};
/** Two rounds of load balancing after the first trouble, or so long in all, show who is stopped. */
const roundsMs = 4_000;
const longestMs = 45_000;

async function whatStops({ world, start }: CaseRun, hub: string, kind: string): Promise<Stopped> {
  const [path, metadata] = kinds[kind] ?? ["", {}];
  const name = `${localNamespace}/${hub}/${consumerGroup}/${path}`;
  await world.local.container.getBlockBlobClient(name).upload("", 0, { metadata });
  for (const partitionId of ["0", "1"]) world.local.enqueue(hub, partitionId, 10);
  const worker = start(hub);
  const reads = (partitionId: string) => worker.handled(partitionId).length > 0;
  const since = performance.now();
  await worker.says({ kind: "started" });
  await vi.waitFor(
    () => {
      if (reads("0") && reads("1")) return;
      const trouble = worker.lines.find(({ kind: line }) => line === "error" || line === "event");
      const isOver = trouble !== undefined && Date.now() - trouble.at > roundsMs;
      if (!isOver && performance.now() - since < longestMs) throw new Error("not to be told yet");
    },
    { timeout: longestMs + 60_000, interval: 100 },
  );
  await worker.kill();
  if (reads("1")) return reads("0") ? "nothing" : "own";
  return "all";
}

/** Which broken blob stops whom; the reference that warnings go by. */
export const brokenBlobs: Case = {
  number: 6,
  title: "Broken blobs",
  isQuick: true,
  hubs: Object.keys(kinds).map((kind) => kind.replaceAll(" ", "-")),
  async prove(run) {
    const stopped: NonNullable<Findings["stopped"]> = {};
    for (const kind of Object.keys(kinds)) {
      stopped[kind] = await whatStops(run, run.hubOf(kind.replaceAll(" ", "-")), kind);
    }
    return { stopped };
  },
};
