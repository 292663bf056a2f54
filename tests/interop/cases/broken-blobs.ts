import { vi } from "vitest";
import { localNamespace } from "#tests/support/worlds/local-world.ts";
import { consumerGroup } from "../world.ts";
import type { Case, CaseRun, Findings } from "./case.ts";

type Stopped = NonNullable<Findings["stopped"]>[string];

/** The blobs planted before a processor starts. Partition 0 has the fault, 1 does not. */
const kinds: Record<string, [path: string, metadata: Record<string, string>]> = {
  "missing key": ["checkpoint/0", { offset: "0" }],
  "blank offset": ["checkpoint/0", { offset: " ", sequencenumber: "3" }],
  "no offset": ["checkpoint/0", { offset: "no offset", sequencenumber: "3" }],
  "ownership without ownerid": ["ownership/0", {}],
  "partition gone": ["checkpoint/31", { offset: "0" }],
  "no partition": ["checkpoint/$$$.$$$", { offset: "0" }],
};
/** Lasts several rounds of load balancing, after which a silent processor counts as stopped. */
const roundsMs = 5_000;
/** Go's processor says nothing when a listing fails, and goes on trying. */
const silentMs = 45_000;

async function whatStops({ world, start }: CaseRun, hub: string, kind: string): Promise<Stopped> {
  const [path, metadata] = kinds[kind] ?? ["", {}];
  const name = `${localNamespace}/${hub}/${consumerGroup}/${path}`;
  await world.local.container.getBlockBlobClient(name).upload("", 0, { metadata });
  for (const partitionId of ["0", "1"]) world.local.enqueue(hub, partitionId, 10);
  const worker = start(hub);
  const reads = (partitionId: string) => worker.handled(partitionId).length > 0;
  const started = await worker.says({ kind: "started" });
  const stopped = await vi.waitFor(
    (): Stopped => {
      if (reads("0") && reads("1")) return "nothing";
      const sign = worker.lines.find(({ kind: line }) => line === "error" || line === "event");
      const isOver = Date.now() > (sign === undefined ? started.at + silentMs : sign.at + roundsMs);
      if (!isOver) throw new Error(`${hub}: it is too early to tell what ${kind} stops`);
      return reads("1") ? "own" : "all";
    },
    { timeout: 2 * silentMs, interval: 100 },
  );
  await worker.kill();
  return stopped;
}

/** Records which broken blob stops whom. Warnings refer to these results. */
export const brokenBlobs: Case = {
  number: 6,
  title: "Broken blobs",
  isQuick: true,
  isWatched: false,
  hubs: Object.keys(kinds).map((kind) => kind.replaceAll(" ", "-")),
  async prove(run) {
    const stopped: NonNullable<Findings["stopped"]> = {};
    for (const kind of Object.keys(kinds)) {
      stopped[kind] = await whatStops(run, run.hubOf(kind.replaceAll(" ", "-")), kind);
    }
    return { stopped };
  },
};
