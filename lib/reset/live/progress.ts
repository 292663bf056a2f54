import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { fromStored, reason } from "#lib/api/reasons/reason.ts";
import { toIso } from "#lib/core/time.ts";
import type { LiveRecord } from "#lib/history/resets/reset-record.ts";
import type { LiveLimits } from "./limits.ts";
import type { LiveState } from "./state.ts";
import { wasSeenToResume } from "./watch/judge-return.ts";

/** What is stored of a state before it is acted on: what the page shows, and what a later instance goes by. */
export function toRecord(state: LiveState, limits: LiveLimits): LiveRecord {
  const { step, since, wave, heldOff, quietSince, rewrites, end, fencedAt, readFrom, resumedBy, target } =
    state;
  const isVerified = end?.result === "written" && wasSeenToResume(state);
  return {
    progress: {
      step,
      since: toIso(since),
      wave,
      heldOff,
      holdUntil: step === "holding" && quietSince !== null ? toIso(quietSince + limits.quietMs) : null,
      rewrites,
      resumedAt: isVerified ? target + 1 : null,
      resumedBy,
      withoutReaderSeconds:
        fencedAt === null || readFrom == null ? null : Math.max(0, readFrom - fencedAt) / 1000,
    },
    data: { ...stable(state) },
  };
}

/** Without what changes at each renewal or look: a step is stored once. */
function stable(state: LiveState): LiveState {
  const claim = state.claim && { etag: "", renewedAt: 0 };
  return { ...state, claim, isRenewing: false, waitsFrom: null };
}

/** A state as it was stored; null where nothing was. */
export function fromRecord(record: LiveRecord | null): LiveState | null {
  const data = record?.data as LiveState | undefined;
  if (data?.ownerId === undefined) return null;
  const { broken, end } = data;
  return {
    ...data,
    broken: broken && { ...broken, reason: storedReason(broken) ?? reason("cutOffAmid") },
    end: end && { ...end, reason: storedReason(end) },
  };
}

/** Version 0.1.0 kept a sentence as `message`. */
function storedReason(stored: { reason?: unknown; message?: unknown }): Reason | null {
  return fromStored(stored.reason ?? stored.message);
}
