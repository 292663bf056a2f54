"use client";

import { useSyncExternalStore } from "react";
import { keepInCookie, readCookie } from "./cookie.ts";
import { dismissedCookie } from "./dismissed-cookie.ts";
import { createStore } from "./store.ts";

/** A strip shows the newest reset of a group for a day; a cookie goes with each request. */
const mostKept = 20;

const dismissed = createStore<string | null>(null);
const read = () => dismissed.get() ?? readCookie(dismissedCookie) ?? "";

/** The resets that this reader dismissed. `atFirst`: as the server read them from the cookie. */
export function useDismissed(atFirst: string): readonly string[] {
  return useSyncExternalStore(dismissed.subscribe, read, () => atFirst).split(".");
}

/** Keeps it in a cookie, so that the server renders the group's page without it. */
export function dismissReset(resetId: string): void {
  const others = read()
    .split(".")
    .filter((id) => id !== "" && id !== resetId);
  const text = [resetId, ...others].slice(0, mostKept).join(".");
  keepInCookie(dismissedCookie, text);
  dismissed.set(text);
}
