"use client";

import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import type { GroupAddress } from "#lib/client/http/queries.ts";
import { resetKeys } from "./reset-queries.ts";

export function useResetSubject(pathname: string): GroupAddress | null {
  const client = useQueryClient();
  const [root, first, second] = pathname.split("/").filter(Boolean);
  const id = root !== "resets" ? undefined : first === "plans" ? second : first;
  const key = JSON.stringify(first === "plans" ? resetKeys.plan(id ?? "") : resetKeys.reset(id ?? ""));
  const subscribe = useCallback(
    // The cache notifies during other components' rendering, so batch its calls.
    (listener: () => void) => client.getQueryCache().subscribe(notifyManager.batchCalls(listener)),
    [client],
  );
  const read = () => (id === undefined ? undefined : client.getQueryData<GroupAddress>(JSON.parse(key)));
  return useSyncExternalStore(subscribe, read, () => undefined) ?? null;
}
