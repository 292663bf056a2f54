"use client";

import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import type { GroupAddress } from "#lib/client/http/queries.ts";
import { resetKeys } from "./reset-queries.ts";

/** The group that a plan's or a reset's page is about, once the page has it: its address has an id alone. */
export function useResetSubject(pathname: string): GroupAddress | null {
  const client = useQueryClient();
  const [root, first, second] = pathname.split("/").filter(Boolean);
  const id = root !== "resets" ? undefined : first === "plans" ? second : first;
  const key = JSON.stringify(first === "plans" ? resetKeys.plan(id ?? "") : resetKeys.reset(id ?? ""));
  const subscribe = useCallback(
    // The cache tells of changes in the middle of another part's rendering.
    (listener: () => void) => client.getQueryCache().subscribe(notifyManager.batchCalls(listener)),
    [client],
  );
  const read = () => (id === undefined ? undefined : client.getQueryData<GroupAddress>(JSON.parse(key)));
  return useSyncExternalStore(subscribe, read, () => undefined) ?? null;
}
