"use client";

import { useSyncExternalStore } from "react";

/** True while the page is in a background tab: nobody looks at it. */
export function usePageHidden(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => document.visibilityState === "hidden",
    () => false,
  );
}

function subscribe(told: () => void): () => void {
  document.addEventListener("visibilitychange", told);
  return () => document.removeEventListener("visibilitychange", told);
}
