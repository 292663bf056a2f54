import type { KnownPlan, PreviewRequest, ResetMode, ResetPlan } from "#lib/api/resets.ts";
import { groupPath } from "#lib/client/http/queries.ts";
import { askedPartitions } from "./plan-totals.ts";
import { planUndo, previewReset } from "./reset-queries.ts";

type Repair = ResetPlan["entries"][number]["repairs"][number];

/**
 * The same once more: against what stands now, with a life of its own. An undo is made the way its reset was.
 * @throws ClientError
 */
export function planAgain(plan: ResetPlan, mode: ResetMode = plan.mode): Promise<KnownPlan> {
  const request = requestOf(plan);
  return request === null ? planUndo(undone(plan)) : previewReset(plan, { ...request, mode });
}

function undone({ target }: ResetPlan): string {
  return target.kind === "undo" ? target.resetId : "";
}

/** What a plan was asked for; null where it is an undo, which is asked for by its reset. */
export function requestOf(plan: ResetPlan): PreviewRequest | null {
  const { target, mode, handlerSeconds } = plan;
  if (target.kind === "undo") return null;
  const partitions = askedPartitions(plan);
  const asked = target.kind === "ago" ? { kind: target.kind, seconds: target.seconds } : target;
  return { partitions, target: asked, mode, handlerSeconds: handlerSeconds ?? 30 };
}

/** The partitions that can't go where they were to go, but could go to the start or to the end. */
export function repairable({ entries }: Pick<ResetPlan, "entries">, repair: Repair): string[] {
  return entries.flatMap(({ partitionId, repairs }) => (repairs.includes(repair) ? [partitionId] : []));
}

/** A plan for those partitions alone. @throws ClientError */
export function planRepair(plan: ResetPlan, repair: Repair): Promise<KnownPlan> {
  return previewReset(plan, {
    partitions: repairable(plan, repair),
    target: { kind: repair },
    mode: plan.mode,
    handlerSeconds: plan.handlerSeconds ?? 30,
  });
}

/** The HTTP calls that come to the same: one makes a plan, one applies it. */
export function curlCalls(plan: ResetPlan, origin: string): { plan: string; apply: string } {
  const request = requestOf(plan);
  return {
    plan:
      request === null
        ? curlPost(`${origin}/api/v1/resets/${encodeURIComponent(undone(plan))}/undo`, {})
        : curlPost(origin + groupPath(plan, "/resets/preview"), request),
    apply: curlPost(origin + groupPath(plan, "/resets"), { planId: plan.planId, confirm: plan.group }),
  };
}

function curlPost(url: string, body: unknown): string {
  const json = JSON.stringify(body);
  return `curl -X POST ${quote(url)} \\\n  -H 'content-type: application/json' \\\n  -d ${quote(json)}`;
}

/** For a POSIX shell: nothing within single quotes means anything but the quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
