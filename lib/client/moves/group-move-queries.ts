import { queryOptions } from "@tanstack/react-query";
import type { GroupMove, GroupMovePreviewRequest, GroupMoveUndoRequest } from "#lib/api/plans/group-moves.ts";
import { getJson, postJson } from "#lib/client/http/http.ts";
import { keys } from "#lib/client/http/queries.ts";
import { retryOnce } from "#lib/client/resets/reset-queries.ts";

const schema = async () => (await import("#lib/api/plans/group-moves.ts")).groupMoveSchema;
const pathOf = (id: string) => `/api/v1/group-moves/${encodeURIComponent(id)}`;
/** While it is planned or run; else it changes only by another tab or a script. */
const pollMs = 1_000;

export function groupMoveKey(id: string) {
  return [...keys.all, "group-move", id] as const;
}

export function groupMoveQuery(id: string) {
  return queryOptions<GroupMove>({
    queryKey: groupMoveKey(id),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: "always",
    retry: retryOnce,
    refetchInterval: ({ state: { data } }) =>
      data?.state === "planning" || data?.state === "running" ? pollMs : false,
    queryFn: ({ signal }) => getJson(pathOf(id), schema, signal),
  });
}

export function previewGroupMove(body: GroupMovePreviewRequest): Promise<GroupMove> {
  return postJson("/api/v1/group-moves/preview", body, schema);
}

export function applyGroupMove(id: string, confirm: string): Promise<GroupMove> {
  return postJson(`${pathOf(id)}/apply`, { confirm }, schema);
}

export function undoGroupMove(id: string, body: GroupMoveUndoRequest): Promise<GroupMove> {
  return postJson(`${pathOf(id)}/undo`, body, schema);
}

export function stopGroupMove(id: string): Promise<GroupMove> {
  return postJson(`${pathOf(id)}/stop`, {}, schema);
}
