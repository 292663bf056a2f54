import type { EpochMs } from "#lib/core/time.ts";
import type { Commit, CommitRing } from "../commits.ts";
import type { PositionRing } from "../positions.ts";
import type { PaceInput } from "./pace.ts";

const commitErrorMs = 1_000;
const steadyShare = 0.5;

/**
 * Returns the commits with the lag at their own time. An observation comes later, and the events since then are no
 * lag of the commit's: observations that come ever later after commits made a group that keeps up look as if it fell
 * behind. Null where the first observations can't tell whether the commit was level.
 */
export function withLagAtCommits(
  ring: CommitRing,
  { positions, hubNow, storeNow }: Pick<PaceInput, "positions" | "hubNow" | "storeNow">,
): CommitRing {
  const commits = ring.commits.map((commit) => {
    const lag = lagAtCommit(commit, positions, commit.at + hubNow - storeNow);
    return lag === commit.lag ? commit : { ...commit, lag };
  });
  return { ...ring, commits };
}

/**
 * Changes nothing unless the group may have been level: where it was not, the observation's lag is as good.
 * Last-Modified tells whole seconds, hence `commitErrorMs`.
 */
function lagAtCommit({ lag, sequenceNumber }: Commit, positions: PositionRing, at: EpochMs): number | null {
  if (lag === null || lag <= 0) return lag;
  const after = positions.indexAfter(at);
  const before = positions.sequenceNumberAt(after - 1);
  if (after === 0 || after === positions.size || positions.endsGap(after)) return lag;
  if (sequenceNumber < before) return lag;
  const isSteady = isSteadyStep(positions, after);
  if (isSteady !== true) return isSteady === null ? null : lag;
  const ms = Math.max(0, at - commitErrorMs - positions.timeAt(after - 1));
  return Math.min(lag, Math.max(0, Math.round(before + ms * perMs(positions, after) - sequenceNumber)));
}

/**
 * True when a step next to this one was at least half as fast, so that events plausibly came evenly within
 * it. Null without such a step.
 */
function isSteadyStep(positions: PositionRing, index: number): boolean | null {
  const spanMs = spanOf(positions, index);
  const neighbours = [index - 1, index + 1].filter(
    (each) =>
      each > 0 &&
      each < positions.size &&
      !positions.endsGap(each) &&
      spanOf(positions, each) >= spanMs * steadyShare,
  );
  if (neighbours.length === 0) return null;
  return neighbours.some((each) => perMs(positions, each) >= perMs(positions, index) * steadyShare);
}

function perMs(positions: PositionRing, index: number): number {
  const step = positions.sequenceNumberAt(index) - positions.sequenceNumberAt(index - 1);
  return step / spanOf(positions, index);
}

function spanOf(positions: PositionRing, index: number): number {
  return positions.timeAt(index) - positions.timeAt(index - 1);
}
