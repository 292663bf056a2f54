"use client";

import { type ComponentType, createElement, lazy, memo, Suspense, useState } from "react";
import { codeOf } from "#lib/client/http/client-error.ts";
import { late } from "#lib/client/http/late.ts";

/** Around each part, without a place in the layout: what is drawn is kept by its box. */
const box = { className: "contents" };
/** React hydrates no element whose content is given as HTML, nor compares it: the server's stays. */
const kept = { ...box, suppressHydrationWarning: true, dangerouslySetInnerHTML: { __html: "" } };

/** Stands where a script is missing. Other props would say something else, so they take the drawn away. */
function Drawn(props: object) {
  return useState(props)[0] === props ? createElement("div", kept) : null;
}

/**
 * A part that few views of a page show. What the server drew of it stays until its script has come, or if it never
 * does, as long as its props stay: with others it would be untrue, so it is taken away. `preload` is for what tells
 * that the server is gone. What can't be loaded is told above the page; what can't be reached loads with other props.
 */
export function seldom<P extends object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> & { preload: () => void } {
  const attempt = (): ComponentType<object> =>
    lazy<ComponentType<object>>(() =>
      late(load).then(
        (Loaded) => ({
          default: (props) =>
            createElement("div", box, createElement(Loaded as ComponentType<object>, props)),
        }),
        (error: unknown) => {
          if (codeOf(error) === "unreachable") Part = attempt();
          return { default: Drawn };
        },
      ),
    );
  let Part = attempt();
  return Object.assign(
    memo((props: P) => createElement(Suspense, null, createElement(Part, props))) as ComponentType<P>,
    { preload: () => void late(load).catch(() => {}) },
  );
}
