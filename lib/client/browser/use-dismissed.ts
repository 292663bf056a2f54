"use client";

import { useCallback, useSyncExternalStore } from "react";

const key = "tidemark-dismissed-resets";
const mostKept = 100;
const listeners = new Set<() => void>();

// A browser may keep nothing for a page: then nothing stays dismissed beyond it.
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
  // Another tab may dismiss it too.
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Which resets this browser's reader has seen enough of. Null until it is known: on the server nobody has. */
export function useDismissed(): { ids: readonly string[] | null; dismiss: (resetId: string) => void } {
  const text = useSyncExternalStore(subscribe, read, () => null);
  const dismiss = useCallback((resetId: string) => {
    const kept = read().split(",").filter(Boolean);
    inMemory = [resetId, ...kept.filter((id) => id !== resetId)].slice(0, mostKept).join(",");
    try {
      localStorage.setItem(key, inMemory);
    } catch {
      // It is kept in memory.
    }
    for (const listener of listeners) listener();
  }, []);
  return { ids: text === null ? null : text.split(","), dismiss };
}
