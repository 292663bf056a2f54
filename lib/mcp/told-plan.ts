import { operationKind, operationOf } from "#lib/api/reasons/operation.ts";
import { planToldAt } from "#lib/api/reasons/told-elsewhere.ts";
import type { KnownPlan } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format/format.ts";
import { hasBound } from "#lib/client/resets/plan-totals.ts";
import { planPath } from "#lib/client/url/paths.ts";
import { AppError } from "#lib/core/app-error.ts";
import { shorten } from "./short.ts";
import type { Found } from "./tool.ts";

export function toldPlan(made: KnownPlan): Found {
  const plan = planToldAt("tool", made);
  const { planId, hub, group, store, mode, target, expiresAt, blockedBy, entries, unchanged } = plan;
  const { counts, blocked } = counted(plan);
  const { entry: noun } = operationOf(plan);
  const state = blockedBy === null ? "" : " It is blocked as a whole.";
  return {
    text: `A plan, nothing is changed yet: ${plural(entries.length, noun)} would change, ${blocked} of them ${blocked === 1 ? "is" : "are"} blocked; ${counts}.${state}`,
    data: {
      planId,
      hub,
      group,
      store,
      mode,
      target,
      expiresAt,
      unchanged,
      blockedBy: blockedBy?.message ?? null,
      warnings: plan.warnings.map(({ message }) => message),
      ...(plan.notes !== undefined &&
        plan.notes.length > 0 && { notes: plan.notes.map(({ message }) => message) }),
      entries: shorten(entries.map(toldEntry)),
    },
    page: planPath(planId),
  };
}

function toldEntry(entry: KnownPlan["entries"][number]) {
  const { partitionId, current, resumesAt, replays, skips, source, targetBlobName, removes, cleans } = entry;
  const warnings = entry.warnings.map(({ message }) => message);
  const blockedBy = entry.blockedBy?.message ?? null;
  if (cleans !== undefined) return { blobName: partitionId, ...cleans, warnings, blockedBy };
  return {
    partitionId,
    current: current?.sequenceNumber ?? null,
    resumesAt,
    replays,
    skips,
    ...(source != null && { source: { ...source, offset: undefined } }),
    ...(targetBlobName !== undefined && { targetBlobName }),
    ...(removes === true && { removes }),
    warnings,
    blockedBy,
  };
}

/** What a person is asked before a plan is applied. @throws AppError `conflict` where nothing of it can be written */
export function questionOf(plan: KnownPlan): string {
  const { entries, target, group, hub, store, mode } = plan;
  const { counts, written } = counted(plan);
  const { entry: noun, done } = operationOf(plan);
  if (plan.blockedBy !== null || written === 0) {
    throw new AppError(
      "conflict",
      `This plan is blocked. ${plan.blockedBy?.message ?? `Every ${noun} is blocked: read each one's reason.`}`,
    );
  }
  const where = `${JSON.stringify(group)} in the store ${JSON.stringify(store)} on ${JSON.stringify(hub)}`;
  const from =
    target.kind === "move"
      ? ` from ${JSON.stringify(target.from.group)} in the store ${JSON.stringify(target.from.store)}${target.from.hub === undefined ? "" : ` on ${JSON.stringify(target.from.hub)}`}`
      : "";
  const what: Record<ReturnType<typeof operationKind>, string> = {
    reset: `Reset the checkpoints of ${where} (${mode})`,
    move: `Move checkpoints${from} to ${where}`,
    cleanup: `Clean up ${where}`,
    undo: `Undo a reset of ${where}`,
  };
  const left = entries.length - written;
  return `${what[operationKind(target.kind)]}: ${plural(written, noun)} ${written === 1 ? "is" : "are"} ${done}, ${counts}${left === 0 ? "" : `, and ${left} blocked`}. To apply it, type the consumer group's name.`;
}

/** An unknown count is told as unknown. */
function counted(plan: KnownPlan) {
  const open = plan.entries.filter(({ blockedBy }) => blockedBy === null);
  const sum = (of: "replays" | "skips") => {
    if (open.some((entry) => entry[of] === null)) return "an unknown number of";
    const bound = !hasBound(open, of) ? "" : of === "replays" ? "at least " : "at most ";
    return `${bound}${open.reduce((all, entry) => all + (entry[of] ?? 0), 0)}`;
  };
  const isOfBlobs = operationOf(plan).entry === "blob";
  const counts = isOfBlobs
    ? acts(open)
    : `${sum("replays")} events replayed, ${sum("skips")} events skipped and never read`;
  return { counts, written: open.length, blocked: plan.entries.length - open.length };
}

function acts(open: KnownPlan["entries"]): string {
  const words = { delete: "deleted", repair: "repaired", restore: "restored" };
  return Object.entries(words)
    .map(([act, word]) => [open.filter(({ cleans }) => cleans?.act === act).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
}
