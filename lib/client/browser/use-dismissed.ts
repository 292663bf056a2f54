"use client";

import { useCallback, useSyncExternalStore } from "react";

const key = "tidemark-dismissed-resets";
const mostKept = 100;
const listeners = new Set<() => void>();

let inMemory = "";

function read(): string {
  try {
    return localStorage.getItem(key) ?? inMemory;
  } catch {
    return inMemory;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The resets that this reader dismissed. Null on the server, where that is unknown. */
export function useDismissed(): { ids: readonly string[] | null; dismiss: (resetId: string) => void } {
  const text = useSyncExternalStore(subscribe, read, () => null);
  const dismiss = useCallback((resetId: string) => {
    const kept = read().split(",").filter(Boolean);
    inMemory = [resetId, ...kept.filter((id) => id !== resetId)].slice(0, mostKept).join(",");
    try {
      localStorage.setItem(key, inMemory);
    } catch {}
    for (const listener of listeners) listener();
  }, []);
  return { ids: text === null ? null : text.split(","), dismiss };
}
