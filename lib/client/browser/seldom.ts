"use client";

import { type ComponentType, createElement, lazy, Suspense } from "react";
import { late } from "#lib/client/http/late.ts";

const Nothing = () => null;

/**
 * A part that few views of a page show, and none as the server draws it: what it drew would be gone until the
 * script has come. What can't be loaded is told above the page.
 */
export function seldom<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Part = lazy<ComponentType<object>>(() =>
    late(load).then(
      (Loaded) => ({ default: Loaded as ComponentType<object> }),
      () => ({ default: Nothing }),
    ),
  );
  return (props) => createElement(Suspense, null, createElement(Part, props));
}
