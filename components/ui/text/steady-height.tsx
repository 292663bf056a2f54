"use client";

import type { ReactNode } from "react";

/** One line: text that became shorter by more than that takes less room again. */
const mostSpare = 24;

/**
 * Keeps the line that its text last needed, so that nothing below jumps with each change of a figure or an
 * age in it. `all`: keeps every line that it ever needed at this width, until the reader opens or closes
 * something in it, or looks elsewhere.
 */
export function SteadyHeight({
  className,
  keeps = "line",
  children,
}: {
  className?: string;
  keeps?: "line" | "all";
  children: ReactNode;
}) {
  return (
    <div ref={keeps === "all" ? keepAll : keepLine} className="min-w-0">
      <div className={className}>{children}</div>
    </div>
  );
}

const keepLine = (element: HTMLElement | null) => keepHeight(element, mostSpare);
const keepAll = (element: HTMLElement | null) => keepHeight(element, Number.POSITIVE_INFINITY);

function keepHeight(element: HTMLElement | null, most: number) {
  const text = element?.firstElementChild;
  if (element === null || !(text instanceof HTMLElement)) return;
  let [width, height] = [0, 0];
  const keep = () => {
    [width, height] = [text.offsetWidth, text.offsetHeight];
    element.style.minHeight = `${height}px`;
  };
  const observer = new ResizeObserver(() => {
    const { offsetWidth, offsetHeight: needed } = text;
    const isOfThisWidth = offsetWidth === width && needed <= height && height - needed <= most;
    if (!isOfThisWidth) keep();
  });
  observer.observe(text);
  element.addEventListener("toggle", keep, true);
  document.addEventListener("visibilitychange", keep);
  return () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", keep);
  };
}
