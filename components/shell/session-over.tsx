"use client";

import { lateComponent } from "#lib/client/browser/late-component.ts";

/** Loaded after the page: none is made without a session. */
export const SessionOver = lateComponent<object>(
  () => import("./late/session-over.tsx").then((m) => m.SessionOver),
  () => null,
  () => null,
);
