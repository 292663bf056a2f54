import { queryOptions } from "@tanstack/react-query";
import type { CleanupPreviewRequest } from "#lib/api/plans/cleanups.ts";
import type { MovePreviewRequest } from "#lib/api/plans/moves.ts";
import type { Positions } from "#lib/api/plans/positions.ts";
import type { SkipPreviewRequest } from "#lib/api/plans/skips.ts";
import type { KnownPlan, PreviewRequest, Reset, Resets, StopRequest } from "#lib/api/resets.ts";
import { ClientError } from "#lib/client/http/client-error.ts";
import { getJson, postJson } from "#lib/client/http/http.ts";
import { groupPath } from "#lib/client/http/queries.ts";
import { isOpen, resetKeys } from "#lib/client/http/reset-keys.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

const settled: ReadonlySet<number> = new Set([400, 401, 403, 404, 409]);

export function retryOnce(failures: number, error: Error): boolean {
  const status = error instanceof ClientError ? error.status : null;
  return failures < 1 && !(status !== null && settled.has(status));
}

const planSchema = async () => (await import("#lib/api/resets.ts")).resetPlanSchema;
const resetSchema = async () => (await import("#lib/api/resets.ts")).resetSchema;

/** A plan ends by time or when applied, also from another tab or a script. */
export function planQuery(planId: string) {
  return queryOptions<KnownPlan>({
    queryKey: resetKeys.plan(planId),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: "always",
    retry: retryOnce,
    queryFn: ({ signal }) => getJson(`/api/v1/reset-plans/${encodeURIComponent(planId)}`, planSchema, signal),
  });
}

const pollMs = 10_000;

/** The stream brings each step; polling covers a paused or lost stream. */
export function resetQuery(resetId: string) {
  return queryOptions<Reset>({
    queryKey: resetKeys.reset(resetId),
    staleTime: Number.POSITIVE_INFINITY,
    retry: retryOnce,
    refetchInterval: ({ state }) => (state.data !== undefined && isOpen(state.data) ? pollMs : false),
    queryFn: ({ signal }) => getJson(`/api/v1/resets/${encodeURIComponent(resetId)}`, resetSchema, signal),
  });
}

/** Of a group, the newest first. */
export const mostLast = 5;

export function resetsQuery(address: GroupAddress) {
  return queryOptions<Resets>({
    queryKey: resetKeys.resets(address),
    staleTime: Number.POSITIVE_INFINITY,
    retry: retryOnce,
    queryFn: ({ signal }) =>
      getJson(
        groupPath(address, "/resets", { limit: String(mostLast) }),
        async () => (await import("#lib/api/resets.ts")).resetsSchema,
        signal,
      ),
  });
}

export function previewReset(address: GroupAddress, body: PreviewRequest): Promise<KnownPlan> {
  return postJson(groupPath(address, "/resets/preview"), body, planSchema);
}

export function previewSkip(
  address: GroupAddress,
  partitionId: string,
  body: SkipPreviewRequest,
): Promise<KnownPlan> {
  return postJson(groupPath(address, skipTail(partitionId)), body, planSchema);
}

export function skipTail(partitionId: string): string {
  return `/partitions/${encodeURIComponent(partitionId)}/skip/preview`;
}

export function previewMove(address: GroupAddress, body: MovePreviewRequest): Promise<KnownPlan> {
  return postJson(groupPath(address, "/moves/preview"), body, planSchema);
}

export function previewCleanup(address: GroupAddress, body: CleanupPreviewRequest): Promise<KnownPlan> {
  return postJson(groupPath(address, "/cleanups/preview"), body, planSchema);
}

export function applyReset(address: GroupAddress, planId: string, confirm: string): Promise<Reset> {
  return postJson(groupPath(address, "/resets"), { planId, confirm }, resetSchema);
}

export function planUndo(resetId: string): Promise<KnownPlan> {
  return postJson(`/api/v1/resets/${encodeURIComponent(resetId)}/undo`, {}, planSchema);
}

export function stopReset(resetId: string, when: StopRequest["when"]): Promise<Reset> {
  return postJson(`/api/v1/resets/${encodeURIComponent(resetId)}/stop`, { when }, resetSchema);
}

export function fetchPositions(address: GroupAddress): Promise<Positions> {
  return getJson(
    groupPath(address, "/positions"),
    async () => (await import("#lib/api/plans/positions.ts")).positionsSchema,
  );
}
