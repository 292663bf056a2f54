"use client";

import type { ReactNode } from "react";

/** One line: text that became shorter by more than that takes less room again. */
const mostSpare = 24;

/**
 * Keeps the line that its text last needed, so that nothing below jumps with each change of a figure or an
 * age in it.
 */
export function SteadyHeight({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div ref={keepHeight} className="min-w-0">
      <div className={className}>{children}</div>
    </div>
  );
}

function keepHeight(element: HTMLElement | null) {
  const text = element?.firstElementChild;
  if (!(text instanceof HTMLElement)) return;
  let [width, height] = [0, 0];
  const observer = new ResizeObserver(() => {
    const { offsetWidth, offsetHeight: needed } = text;
    const isOfThisWidth = offsetWidth === width && needed <= height && height - needed <= mostSpare;
    if (isOfThisWidth) return;
    [width, height] = [offsetWidth, needed];
    if (element !== null) element.style.minHeight = `${needed}px`;
  });
  observer.observe(text);
  return () => observer.disconnect();
}
