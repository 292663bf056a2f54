import type { Incident } from "#lib/api/alerts.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Observation } from "./observation.ts";

/** What is remembered of one cause, from the first refresh that saw it until it is over. */
export interface Cause {
  /** Null: it has not held for long enough yet. */
  incidentId: number | null;
  since: EpochMs;
  openedAt: EpochMs | null;
  /** When it was last told; null: not yet, as it is silenced. */
  toldAt: EpochMs | null;
  /** It was told that what was foreseen has happened. */
  toldHappened: boolean;
  /** When the condition was first seen not to hold any more; null while it does. */
  quietSince: EpochMs | null;
  lastSeenAt: EpochMs;
  summary: Reason;
  worst: Reason;
  worstMeasure: number;
  /** The partitions that it was last seen to hold for; null: that is not known. */
  heldBy: readonly string[] | null;
}

export type Step = "opened" | "repeated" | "closed" | null;

/** A condition that comes and goes would open an incident each time: it has to be over for so long. */
export const quietSeconds = 60;

/**
 * What one more observation makes of a cause: its next state (null: over and forgotten) and what is to be told.
 * Unknown changes nothing: an incident neither opens nor closes by a refresh that failed, nor is it over as long as
 * it can't be told of a partition that it held for.
 */
export function nextCause(
  before: Cause | null,
  observation: Observation,
  now: EpochMs,
): { cause: Cause | null; step: Step } {
  const { holds, rule, forSeconds, hasHappened = false } = observation;
  if (holds === null) return { cause: before, step: null };
  if (!holds) {
    return mayStillHold(before, observation) ? { cause: before, step: null } : quieter(before, now);
  }
  const since = before?.since ?? observation.since ?? now;
  const isWorse = before === null || observation.measure > before.worstMeasure;
  const cause: Cause = {
    incidentId: before?.incidentId ?? null,
    since,
    openedAt: before?.openedAt ?? null,
    toldAt: before?.toldAt ?? null,
    toldHappened: before?.toldHappened ?? false,
    quietSince: null,
    lastSeenAt: now,
    summary: observation.summary,
    worst: isWorse ? observation.summary : before.worst,
    worstMeasure: isWorse ? observation.measure : before.worstMeasure,
    heldBy: heldBy(before, observation),
  };
  if (cause.openedAt === null) {
    if (now - since < forSeconds * 1000) return { cause, step: null };
    return { cause: { ...cause, openedAt: now, toldAt: now, toldHappened: hasHappened }, step: "opened" };
  }
  const isDue =
    rule.repeatSeconds !== null && now - (cause.toldAt ?? cause.openedAt) >= rule.repeatSeconds * 1000;
  if (!isDue && (!hasHappened || cause.toldHappened)) return { cause, step: null };
  return {
    cause: { ...cause, toldAt: now, toldHappened: hasHappened || cause.toldHappened },
    step: "repeated",
  };
}

function mayStillHold(before: Cause | null, { notKnown }: Observation): boolean {
  if (before === null) return false;
  // After a restart: what will never be known would keep it open for good.
  if (before.heldBy === null) return notKnown.some(({ isPassing }) => isPassing);
  const held = new Set(before.heldBy);
  return notKnown.some(({ partitionId }) => held.has(partitionId));
}

/** With those that it held for and of which it can't be told now. */
function heldBy(before: Cause | null, { heldBy: now, notKnown }: Observation): readonly string[] | null {
  if (now === null) return null;
  const held = new Set(before?.heldBy ?? []);
  const left = notKnown.filter(({ partitionId }) => held.has(partitionId));
  return [...new Set([...now, ...left.map(({ partitionId }) => partitionId)])];
}

function quieter(before: Cause | null, now: EpochMs): { cause: Cause | null; step: Step } {
  // What has not opened must hold without a break.
  if (before === null || before.openedAt === null) return { cause: null, step: null };
  const quietSince = before.quietSince ?? now;
  if (now - quietSince < quietSeconds * 1000) return { cause: { ...before, quietSince }, step: null };
  return { cause: { ...before, quietSince }, step: "closed" };
}

/** Why an incident ended. */
export type ClosedBy = NonNullable<Incident["closedBy"]>;
