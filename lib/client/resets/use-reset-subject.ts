"use client";

import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import type { RequestedTarget } from "#lib/api/resets.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

export type ResetSubject = GroupAddress & { target?: Pick<RequestedTarget, "kind"> };

/** Returns the group and the plan's kind once the page has them: its address holds only an id. */
export function useResetSubject(pathname: string): ResetSubject | null {
  const client = useQueryClient();
  const [root, first, second] = pathname.split("/").filter(Boolean);
  const id = root !== "resets" ? undefined : first === "plans" ? second : first;
  const key = JSON.stringify(first === "plans" ? resetKeys.plan(id ?? "") : resetKeys.reset(id ?? ""));
  const subscribe = useCallback(
    // The cache notifies during other components' rendering, so batch its calls.
    (listener: () => void) => client.getQueryCache().subscribe(notifyManager.batchCalls(listener)),
    [client],
  );
  const read = () => (id === undefined ? undefined : client.getQueryData<ResetSubject>(JSON.parse(key)));
  return useSyncExternalStore(subscribe, read, () => undefined) ?? null;
}
