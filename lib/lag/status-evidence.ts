import type { Status } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { type Commit, type CommitRing, watchedSteps } from "./commits.ts";
import { formatCount } from "./counts.ts";
import { findRewind } from "./status.ts";

/** What a partition's status was concluded from, as a sentence; null where it needs none. */
export function statusEvidence(status: Status, { commits, ownWrite }: CommitRing): string | null {
  const [oldest] = commits;
  const newest = commits.at(-1);
  if (newest === undefined || oldest === undefined) {
    return status === "stop" && ownWrite !== null
      ? `No checkpoint since it was reset at ${timeOf(ownWrite.at)}.`
      : null;
  }
  const count = commits.length;
  const span = `from ${timeOf(oldest.at)} to ${timeOf(newest.at)}`;
  switch (status) {
    case "stop":
      return count === 1
        ? `No checkpoint since ${timeOf(newest.at)}.`
        : `No checkpoint since ${timeOf(newest.at)}; its last ${count} came within ${duration(newest.at - oldest.at)}${unwatched(commits)}.`;
    case "stall":
      return `Its last ${count} checkpoints, ${span}, all stand at event ${formatCount(newest.sequenceNumber)}.`;
    case "rewind": {
      const rewind = findRewind(commits);
      if (rewind === null) return null;
      const { from, to } = rewind;
      return `At ${timeOf(to.at)} its checkpoint went from event ${formatCount(from.sequenceNumber)} back to ${formatCount(to.sequenceNumber)}.`;
    }
    case "warn":
      return lagEvidence(commits);
    default:
      return null;
  }
}

function lagEvidence(commits: readonly Commit[]): string | null {
  const known = commits.flatMap(({ at, lag }) => (lag === null ? [] : [{ at, lag }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return null;
  const which = known.length === commits.length ? "" : " whose lag is known";
  const span = `from ${timeOf(first.at)} to ${timeOf(last.at)}`;
  return `Over its last ${known.length} checkpoints${which}, ${span}, its lag went from ${formatCount(first.lag)} to ${formatCount(last.lag)}.`;
}

function unwatched(commits: readonly Commit[]): string {
  const spanMs = (commits.at(-1)?.at ?? 0) - (commits[0]?.at ?? 0);
  const blindMs = watchedSteps(commits).reduce((left, step) => left - step, spanMs);
  return blindMs > 0 ? `, and for ${duration(blindMs)} of that nobody looked` : "";
}

/** `2026-01-15 12:00:04 UTC` */
function timeOf(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
