import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { ResetPlace } from "../group/place.ts";
import { inTheWay, isAtWork } from "./in-the-way.ts";
import { blobsOf, type Observation } from "./observation.ts";
import type { Aim } from "./plan-entry.ts";

interface Group {
  place: Pick<ResetPlace, "observedCheckpointSeconds">;
  observation: Observation;
}

interface AtWork {
  partitionId: string;
  because: Reason;
}

/** @param ownEtags those that the undone reset left, by partition: an undo's own write doesn't bear our name */
export function partitionsAtWork(
  { place, observation }: Group,
  ownEtags: ReadonlyMap<string, string> = new Map(),
): AtWork[] {
  const { storeNow, guardSeconds, group, others, ownerships } = observation;
  // By its blobs: the plan of an undo reads only its own partitions of the hub.
  const ids = new Set([...(group?.checkpoints.keys() ?? []), ...others.keys(), ...ownerships.keys()]);
  return [...ids].flatMap((partitionId) => {
    const { blockedBy } = inTheWay(blobsOf(observation, partitionId), {
      mode: "offline",
      storeNow,
      guardSeconds,
      checkpointSeconds: place.observedCheckpointSeconds(partitionId),
      ownEtag: ownEtags.get(partitionId) ?? null,
    });
    return blockedBy !== null && isAtWork(blockedBy) ? [{ partitionId, because: blockedBy }] : [];
  });
}

/** A processor at work on one partition may take any other in its next round, so the whole group is left alone. */
export function heldBy(running: readonly AtWork[], partitionId: string, aim: Aim): Aim {
  const [first] = running;
  if (first === undefined || aim.blockedBy !== null || running.some((one) => one.partitionId === partitionId))
    return aim;
  const partitions = new Set(running.map((one) => one.partitionId)).size;
  return { ...aim, blockedBy: reason("groupRunning", { partitions, because: first.because }) };
}
