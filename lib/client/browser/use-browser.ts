"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and in the first render here, which must say the same: what is local to this browser waits. */
export function useIsBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
