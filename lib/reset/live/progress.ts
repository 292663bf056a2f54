import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { fromStored, reason } from "#lib/api/reasons/reason.ts";
import { toIso } from "#lib/core/time.ts";
import type { LiveRecord } from "#lib/history/resets/reset-record.ts";
import type { LiveLimits } from "./limits.ts";
import { knownOf, type LiveState } from "./state.ts";
import { overwriterOf } from "./steps/overwritten.ts";
import { isHeld } from "./table.ts";
import { wasSeenToResume } from "./watch/judge-return.ts";

/** Stored before a state is acted on. The page shows it, and a take-over starts from it. */
export function toRecord(state: LiveState, limits: LiveLimits): LiveRecord {
  const { step, since, wave, target } = state;
  const { heldOff, rewrites, overwrite = null, end, fencedAt, readFrom, resumedBy, owner } = knownOf(state);
  const isVerified = end?.result === "written" && wasSeenToResume({ resumedBy, owner, readFrom });
  return {
    progress: {
      step,
      since: toIso(since),
      wave,
      heldOff,
      holdUntil: state.step === "holding" ? toIso(state.quietSince + limits.quietMs) : null,
      rewrites,
      overwrite: overwrite && {
        ownerId: overwriterOf({ overwrite, heldOff }),
        sequenceNumber: overwrite.sequenceNumber,
        times: overwrite.times,
      },
      pausedAt: toIso(fencedAt),
      limitAt: state.step === "claiming" || isHeld(state) ? toIso(state.deadline) : null,
      resumedAt: isVerified ? target + 1 : null,
      resumedBy,
      withoutReaderSeconds:
        fencedAt === null || readFrom === null ? null : Math.max(0, readFrom - fencedAt) / 1000,
    },
    data: stable(state),
  };
}

/** Omits what every renewal or observation changes, so that each step is stored once. */
function stable(state: LiveState): LiveRecord["data"] {
  return {
    ...state,
    ...("claim" in state && state.claim !== null ? { claim: { etag: "", renewedAt: 0 } } : {}),
    ...("isRenewing" in state ? { isRenewing: false } : {}),
    ...("waitsFrom" in state ? { waitsFrom: 0 } : {}),
  };
}

export function fromRecord(record: LiveRecord | null): LiveState | null {
  const data = record?.data as LiveState | undefined;
  if (data?.ownerId === undefined) return null;
  const { broken, end } = knownOf(data);
  const reasons = {
    ...(broken && { broken: { ...broken, reason: storedReason(broken) ?? reason("cutOffAmid") } }),
    ...(end && { end: { ...end, reason: storedReason(end) } }),
  };
  return { ...data, ...reasons } as LiveState;
}

/** Version 0.1.0 kept a sentence as `message`. */
function storedReason(stored: { reason?: unknown; message?: unknown }): Reason | null {
  return fromStored(stored.reason ?? stored.message);
}
