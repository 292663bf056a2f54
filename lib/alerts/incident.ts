import type { Incident } from "#lib/api/alerts.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { withMostLost } from "./loss-measure.ts";
import type { Observation } from "./observation.ts";

export interface Cause {
  incidentId: number | null;
  since: EpochMs;
  openedAt: EpochMs | null;
  toldAt: EpochMs | null;
  toldHappened: boolean;
  /**
   * When the condition first stopped holding; null while it holds. `heldBy`: the partitions that it last held
   * for; null: not known.
   */
  quietSince: EpochMs | null;
  lastSeenAt: EpochMs;
  summary: Reason;
  worst: Reason;
  worstMeasure: number;
  heldBy: readonly string[] | null;
}

export type Step = "opened" | "repeated" | "closed" | null;

/** A condition must be over for this long, or flapping would open an incident each time. */
export const quietSeconds = 60;

/**
 * Advances a cause by one observation: its next state (null: over) and what to tell. Unknown opens and closes nothing:
 * an incident stays open through failed refreshes, and while a partition that it held for is unknown. Its summary is
 * always of now; figures of before are its worst alone, and what is lost.
 */
export function nextCause(
  before: Cause | null,
  observation: Observation,
  now: EpochMs,
): { cause: Cause | null; step: Step } {
  const { holds, rule, forSeconds, hasHappened = false } = observation;
  if (holds === null) return { cause: before && { ...before, summary: observation.summary }, step: null };
  if (!holds) {
    return mayStillHold(before, observation)
      ? { cause: before && { ...before, summary: reason("nothingKnown") }, step: null }
      : quieter(before, observation, now);
  }
  const since = before?.since ?? observation.since ?? now;
  const isWorse = before === null || observation.measure > before.worstMeasure;
  const worst = isWorse ? observation.summary : before.worst;
  const cause: Cause = {
    incidentId: before?.incidentId ?? null,
    since,
    openedAt: before?.openedAt ?? null,
    toldAt: before?.toldAt ?? null,
    toldHappened: before?.toldHappened ?? false,
    quietSince: null,
    lastSeenAt: now,
    summary: withMostLost(observation.summary, worst),
    worst,
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
  // After a restart the partitions are not known. Values that stay unknown must not keep it open forever.
  if (before.heldBy === null) return notKnown.some(({ isPassing }) => isPassing);
  const held = new Set(before.heldBy);
  return notKnown.some(({ partitionId }) => held.has(partitionId));
}

function heldBy(before: Cause | null, { heldBy: now, notKnown }: Observation): readonly string[] | null {
  if (now === null) return null;
  const held = new Set(before?.heldBy ?? []);
  const left = notKnown.filter(({ partitionId }) => held.has(partitionId));
  return [...new Set([...now, ...left.map(({ partitionId }) => partitionId)])];
}

function quieter(
  before: Cause | null,
  { summary: seen }: Observation,
  now: EpochMs,
): { cause: Cause | null; step: Step } {
  // Before it opens, a condition must hold without a break.
  if (before === null || before.openedAt === null) return { cause: null, step: null };
  const quietSince = before.quietSince ?? now;
  const summary = tellsNow(seen) ? seen : reason("conditionOver", { closesAfterSeconds: quietSeconds });
  const cause = { ...before, summary, quietSince };
  return { cause, step: now - quietSince < quietSeconds * 1000 ? null : "closed" };
}

/** Not every rule has something to say where its condition does not hold. */
function tellsNow({ code, params }: Reason): boolean {
  if (code === "lagStates") return params.states.length > 0;
  return code !== "nothingKnown";
}

export type ClosedBy = NonNullable<Incident["closedBy"]>;
