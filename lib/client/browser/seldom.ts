"use client";

import { type ComponentType, createElement, lazy, memo, Suspense } from "react";
import { late } from "#lib/client/http/late.ts";

const Nothing = () => null;

/**
 * A part that few views of a page show. What the server drew of it stays until its script has come, if its props
 * stay: others would take it away until then. `preload` is for what tells that the server is gone. What can't be
 * loaded is told above the page.
 */
export function seldom<P extends object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> & { preload: () => void } {
  const Part = lazy<ComponentType<object>>(() =>
    late(load).then(
      (Loaded) => ({ default: Loaded as ComponentType<object> }),
      () => ({ default: Nothing }),
    ),
  );
  return Object.assign(
    memo((props: P) => createElement(Suspense, null, createElement(Part, props))) as ComponentType<P>,
    { preload: () => void late(load).catch(() => {}) },
  );
}
