"use client";

import type { MouseEvent } from "react";

/** Leads past what every page starts with, to the element of this id. No step of its own on the way back. */
export function SkipLink({ to, children }: { to: string; children: string }) {
  const skip = (event: MouseEvent) => {
    const target = document.getElementById(to);
    if (target === null || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  };
  return (
    <a
      href={`#${to}`}
      onClick={skip}
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
    >
      {children}
    </a>
  );
}
