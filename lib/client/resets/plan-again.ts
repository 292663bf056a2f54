import type { CleanupPreviewRequest } from "#lib/api/plans/cleanups.ts";
import type { MovePreviewRequest, MoveTarget } from "#lib/api/plans/moves.ts";
import type {
  KnownPlan,
  PreviewRequest,
  RequestedTarget,
  ResetMode,
  ResetPlan,
  ResetPlanEntry,
} from "#lib/api/resets.ts";
import { groupPath } from "#lib/client/http/queries.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { askedPartitions } from "./plan-totals.ts";
import {
  planUndo,
  previewCleanup,
  previewMove,
  previewReset,
  previewSkip,
  skipTail,
} from "./reset-queries.ts";

type Repair = ResetPlan["entries"][number]["repairs"][number];

/** What is planned again: a plan, or what a reset has left. */
export interface Planned
  extends Pick<
    ResetPlan,
    "hub" | "group" | "store" | "mode" | "handlerSeconds" | "target" | "unchangedPartitions"
  > {
  entries: readonly Pick<ResetPlanEntry, "partitionId">[];
}

/** Plans the same again against the current state. An undo uses its reset's mode. */
export function planAgain(plan: Planned, mode: ResetMode = plan.mode): Promise<KnownPlan> {
  const { target } = plan;
  if (target.kind === "undo") return planUndo(target.resetId);
  if (target.kind === "move") return previewMove(sourceOf(plan, target), moveRequest(plan, target));
  if (target.kind === "cleanup") return previewCleanup(plan, cleanupRequest(plan));
  const skip = skipRequest(plan, mode);
  if (skip !== null) return previewSkip(plan, skip.partitionId, skip.body);
  return previewReset(plan, { ...resetRequest(plan, target), mode });
}

function skipRequest({ target, handlerSeconds }: Planned, mode: ResetMode) {
  if (!("skipped" in target)) return null;
  const { partitionId, sequenceNumber } = target.skipped;
  return { partitionId, body: { sequenceNumber, mode, handlerSeconds: handlerSeconds ?? 30 } };
}

/** Plans the same again for the reviewed moment: "two hours ago" does not move on. */
export function renewPlan(plan: ResetPlan): Promise<KnownPlan> {
  const { target, resolvedTime } = plan;
  if (target.kind !== "ago" || resolvedTime === null) return planAgain(plan);
  return previewReset(plan, resetRequest(plan, { kind: "time", value: resolvedTime }));
}

type ResetTarget = Exclude<RequestedTarget, { kind: "undo" | "move" | "cleanup" }>;

export function requestOf(plan: ResetPlan): PreviewRequest | null {
  const { target } = plan;
  const isElsewhere = target.kind === "undo" || target.kind === "move" || target.kind === "cleanup";
  return isElsewhere ? null : resetRequest(plan, target);
}

/** A plan's blobs; for an empty plan everything that can be cleaned up by then. */
function cleanupRequest({ entries }: Planned): CleanupPreviewRequest {
  return { blobs: entries.length === 0 ? "all" : entries.map(({ partitionId }) => partitionId) };
}

function resetRequest(plan: Planned, target: ResetTarget): PreviewRequest {
  const { mode, handlerSeconds } = plan;
  const partitions = askedPartitions(plan);
  const asked = target.kind === "ago" ? { kind: target.kind, seconds: target.seconds } : target;
  return { partitions, target: asked, mode, handlerSeconds: handlerSeconds ?? 30 };
}

function sourceOf({ hub }: Planned, { from }: MoveTarget): GroupAddress {
  return { ...from, hub: from.hub ?? hub };
}

export function planReplacing(
  plan: ResetPlan,
  target: MoveTarget,
  replaced: readonly string[],
): Promise<KnownPlan> {
  return previewMove(sourceOf(plan, target), moveRequest(plan, target, replaced));
}

function moveRequest(
  plan: Planned,
  { from, format, overwrite }: MoveTarget,
  replaced: readonly string[] = overwrite,
): MovePreviewRequest {
  const isAway = from.hub !== undefined;
  const to = { ...(isAway && { hub: plan.hub }), group: plan.group, store: plan.store };
  const partitions = askedPartitions(plan);
  return { partitions, to, ...(format !== undefined && { format }), overwrite: [...replaced] };
}

export function repairable({ entries }: Pick<ResetPlan, "entries">, repair: Repair): string[] {
  return entries.flatMap(({ partitionId, repairs }) => (repairs.includes(repair) ? [partitionId] : []));
}

export function planRepair(plan: ResetPlan, repair: Repair): Promise<KnownPlan> {
  return previewReset(plan, {
    partitions: repairable(plan, repair),
    target: { kind: repair },
    mode: plan.mode,
    handlerSeconds: plan.handlerSeconds ?? 30,
  });
}

export function curlCalls(plan: ResetPlan, origin: string): { plan: string; apply: string } {
  return {
    plan: previewCall(plan, origin),
    apply: curlPost(origin + groupPath(plan, "/resets"), { planId: plan.planId, confirm: plan.group }),
  };
}

function previewCall(plan: ResetPlan, origin: string): string {
  const { target } = plan;
  if (target.kind === "undo")
    return curlPost(`${origin}/api/v1/resets/${encodeURIComponent(target.resetId)}/undo`, {});
  if (target.kind === "move") {
    const path = groupPath(sourceOf(plan, target), "/moves/preview");
    return curlPost(origin + path, moveRequest(plan, target));
  }
  if (target.kind === "cleanup")
    return curlPost(origin + groupPath(plan, "/cleanups/preview"), cleanupRequest(plan));
  const skip = skipRequest(plan, plan.mode);
  if (skip !== null) return curlPost(origin + groupPath(plan, skipTail(skip.partitionId)), skip.body);
  return curlPost(origin + groupPath(plan, "/resets/preview"), resetRequest(plan, target));
}

function curlPost(url: string, body: unknown): string {
  const json = JSON.stringify(body);
  return `curl -X POST ${quote(url)} \\\n  -H 'content-type: application/json' \\\n  -d ${quote(json)}`;
}

/** For a POSIX shell, where only the quote itself is special within single quotes. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
