"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and in the first render here, which must match. */
export function useIsBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
