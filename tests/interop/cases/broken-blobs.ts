import { expect, vi } from "vitest";
import { localNamespace } from "#tests/support/worlds/local-world.ts";
import { lastResults } from "../results.ts";
import { consumerGroup } from "../world.ts";
import type { Case, CaseRun } from "./case.ts";
import type { Stopped } from "./findings.ts";

const kinds: Record<string, [path: string, metadata: Record<string, string>]> = {
  "missing key": ["checkpoint/0", { offset: "0" }],
  "blank offset": ["checkpoint/0", { offset: " ", sequencenumber: "3" }],
  "no offset": ["checkpoint/0", { offset: "no offset", sequencenumber: "3" }],
  "ownership without ownerid": ["ownership/0", {}],
  "partition gone": ["checkpoint/31", { offset: "0" }],
  "no partition": ["checkpoint/$$$.$$$", { offset: "0" }],
};
/**
 * A silent processor counts as stopped after several rounds of load balancing. Go's says nothing when a
 * listing fails and goes on trying, so it gets `silentMs`, or `silentAgainMs` where the result is known: a
 * processor takes two seconds to start.
 */
const roundsMs = 5_000;
const silentMs = 45_000;
const silentAgainMs = 12_000;
const patienceMs = 120_000;

/** @param before what the last run of the whole table found, and is waited for; undefined: unknown yet */
async function whatStops(run: CaseRun, kind: string, before: Stopped | undefined): Promise<Stopped> {
  const { world, start } = run;
  const hub = run.hubOf(kind.replaceAll(" ", "-"));
  const [path, metadata] = kinds[kind] ?? ["", {}];
  const name = `${localNamespace}/${hub}/${consumerGroup}/${path}`;
  await world.local.container.getBlockBlobClient(name).upload("", 0, { metadata });
  for (const partitionId of ["0", "1"]) world.local.enqueue(hub, partitionId, 10);
  const worker = start(hub);
  const reads = (partitionId: string) => worker.handled(partitionId).length > 0;
  const started = await worker.says({ kind: "started" });
  const found = await vi.waitFor(
    (): Stopped => {
      const now: Stopped = reads("0") && reads("1") ? "nothing" : reads("1") ? "own" : "all";
      if (now === "nothing") return now;
      const sign = worker.lines.find(({ kind: line }) => line === "error" || line === "event");
      const silence = started.at + (before === undefined ? silentMs : silentAgainMs);
      const isOver = Date.now() > (sign === undefined ? silence : sign.at + roundsMs);
      // Partitions may still be read late: a slow machine is no finding.
      const isTooEarly = before === "nothing" || (before === "own" && now === "all");
      if (!isOver || isTooEarly) throw new Error(`${hub}: it is too early to tell what ${kind} stops`);
      return now;
    },
    { timeout: patienceMs, interval: 100 },
  );
  await worker.kill();
  return found;
}

export const brokenBlobs: Case = {
  number: 6,
  title: "Broken blobs",
  isQuick: true,
  isWatched: false,
  hubs: Object.keys(kinds).map((kind) => kind.replaceAll(" ", "-")),
  async prove(run) {
    const before = run.isWholeTable ? undefined : lastResults()?.sdks.find(({ id }) => id === run.sdk.id);
    const stopped: Record<string, Stopped> = {};
    // One at a time to find out; several where it is known what to wait for.
    const atOnce = before === undefined ? 1 : 3;
    const left = Object.keys(kinds);
    while (left.length > 0) {
      const some = left.splice(0, atOnce);
      const found = await Promise.all(some.map((kind) => whatStops(run, kind, before?.stopped[kind])));
      for (const [index, kind] of some.entries()) stopped[kind] = found[index] ?? "nothing";
    }
    if (before !== undefined) expect(stopped).toEqual(before.stopped);
    return { stopped };
  },
};
