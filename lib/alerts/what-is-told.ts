import type { EpochMs } from "#lib/core/time.ts";
import type { IncidentRecords } from "#lib/history/incidents/incident-records.ts";
import type { Cause, Step } from "./incident.ts";
import type { Observation } from "./observation.ts";
import type { SilenceBook } from "./silences.ts";

interface Next {
  cause: Cause | null;
  step: Step;
}

/**
 * Decides what a step tells: nothing while silenced, and no repeat after an acknowledgement unless the
 * forecast came true since.
 * @throws AppError `historyUnavailable`
 */
export async function whatIsTold(
  before: Cause | null,
  next: Next,
  { rule, holds, subject: { hub, group } }: Observation,
  { silences, incidents }: { silences: SilenceBook; incidents: IncidentRecords },
  now: EpochMs,
): Promise<Next> {
  const { cause, step } = next;
  if (cause === null || cause.openedAt === null || step === "closed") return next;
  // What is told late is told while it holds.
  const isUntold = holds === true && before !== null && before.openedAt !== null && before.toldAt === null;
  if (step === null && !isUntold) return next;
  if (await silences.covers({ ruleId: rule.id, hub, group })) {
    const asBefore = { toldAt: before?.toldAt ?? null, toldHappened: before?.toldHappened ?? false };
    return { cause: { ...cause, ...asBefore }, step: step === "opened" ? step : null };
  }
  if (isUntold) return { cause: { ...cause, toldAt: now }, step: "repeated" };
  const isNews = cause.toldHappened && before?.toldHappened !== true;
  if (step !== "repeated" || isNews || cause.incidentId === null) return next;
  const row = await incidents.find(cause.incidentId);
  return row?.acknowledged_at == null ? next : { cause, step: null };
}
