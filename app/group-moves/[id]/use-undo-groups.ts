"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { GroupMove } from "#lib/api/plans/group-moves.ts";
import { groupMoveKey, undoGroupMove } from "#lib/client/moves/group-move-queries.ts";
import { stepTaken } from "#lib/client/resets/step-focus.ts";
import { groupMovePath } from "#lib/client/url/paths.ts";

export function useUndoGroups({ id, whenRunning }: GroupMove) {
  const client = useQueryClient();
  const router = useRouter();
  const making = useMutation({
    mutationFn: () => undoGroupMove(id, { whenRunning }),
    onSuccess: (undo) => {
      client.setQueryData(groupMoveKey(undo.id), undo);
      stepTaken();
      router.push(groupMovePath(undo.id));
    },
  });
  return {
    undo: () => making.mutate(),
    isBusy: making.isPending || making.isSuccess,
    error: making.error,
  };
}
