"use client";

import { lateComponent } from "#lib/client/browser/late-component.ts";

export const PageTooltips = lateComponent<object>(
  () => import("./late/shown-tooltips.tsx").then((m) => m.ShownTooltips),
  () => null,
  () => null,
);
