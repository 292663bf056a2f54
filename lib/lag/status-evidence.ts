import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { Status } from "#lib/api/status.ts";
import { toIso } from "#lib/core/time.ts";
import { type Commit, type CommitRing, watchedSteps } from "./commits.ts";
import { findRewind } from "./status.ts";

export function statusEvidence(status: Status, { commits, ownWrite, progress }: CommitRing): Reason | null {
  const [oldest] = commits;
  const newest = commits.at(-1);
  if (newest === undefined || oldest === undefined) {
    return status === "stop" && ownWrite !== null
      ? reason("silentSinceReset", { resetAt: toIso(ownWrite.at) })
      : null;
  }
  const checkpoints = commits.length;
  switch (status) {
    case "stop":
      return reason("silent", {
        since: toIso(newest.at),
        checkpoints,
        spanSeconds: wholeSeconds(newest.at - oldest.at),
        unwatchedSeconds: wholeSeconds(unwatchedMs(commits)),
      });
    case "stall": {
      const { at, isExact } = progress ?? { at: oldest.at, isExact: false };
      return reason("stalled", {
        checkpoints,
        from: toIso(at),
        fromIsUpperBound: !isExact,
        to: toIso(newest.at),
        sequenceNumber: newest.sequenceNumber,
      });
    }
    case "rewind": {
      const rewind = findRewind(commits);
      if (rewind === null) return null;
      const { from, to } = rewind;
      return reason("rewound", {
        at: toIso(to.at),
        fromSequenceNumber: from.sequenceNumber,
        toSequenceNumber: to.sequenceNumber,
      });
    }
    case "warn":
      return lagEvidence(commits);
    default:
      return null;
  }
}

function lagEvidence(commits: readonly Commit[]): Reason | null {
  const known = commits.flatMap(({ at, lag }) => (lag === null ? [] : [{ at, lag }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return null;
  return reason("fallingBehind", {
    checkpoints: known.length,
    unknown: commits.length - known.length,
    from: toIso(first.at),
    to: toIso(last.at),
    lagBefore: first.lag,
    lagNow: last.lag,
  });
}

function unwatchedMs(commits: readonly Commit[]): number {
  const spanMs = (commits.at(-1)?.at ?? 0) - (commits[0]?.at ?? 0);
  return watchedSteps(commits).reduce((left, step) => left - step, spanMs);
}

function wholeSeconds(ms: number): number {
  return ms <= 0 ? 0 : Math.max(1, Math.round(ms / 1000));
}
