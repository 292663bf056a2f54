"use client";

import { useEffect, useRef, useState } from "react";

interface Shown {
  text: string;
  anchor: Element;
}

const delayMs = 250;

function textOf(target: EventTarget | null, describeMoment: (at: string) => string): Shown | null {
  const anchor = target instanceof Element ? target.closest("[data-tip], [data-at]") : null;
  if (!(anchor instanceof HTMLElement || anchor instanceof SVGElement)) return null;
  const { tip, at } = anchor.dataset;
  const text = tip ?? (at === undefined ? undefined : describeMoment(at));
  return text === undefined || text === "" ? null : { text, anchor };
}

/**
 * One tooltip for the whole page: whatever carries `data-tip` (a text) or `data-at` (a moment) gets it on hover and
 * on focus. A thousand cells then cost an attribute each and not a component.
 */
export function Tooltips({ describeMoment }: { describeMoment: (at: string) => string }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      setShown(null);
    };
    const show = (event: Event) => {
      hide();
      const found = textOf(event.target, describeMoment);
      if (found) timer = setTimeout(() => setShown(found), event.type === "focusin" ? 0 : delayMs);
    };
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && hide();
    const listeners = new AbortController();
    const options = { signal: listeners.signal, passive: true };
    for (const type of ["pointerover", "focusin"]) document.addEventListener(type, show, options);
    for (const type of ["pointerdown", "focusout"]) document.addEventListener(type, hide, options);
    document.addEventListener("scroll", hide, { ...options, capture: true });
    document.addEventListener("keydown", onKey, options);
    return () => {
      listeners.abort();
      clearTimeout(timer);
    };
  }, [describeMoment]);

  useEffect(() => {
    const tip = box.current;
    if (tip === null || shown === null || !shown.anchor.isConnected) return;
    tip.showPopover();
    place(tip, shown.anchor.getBoundingClientRect());
    shown.anchor.setAttribute("aria-describedby", tip.id);
    return () => {
      shown.anchor.removeAttribute("aria-describedby");
      if (tip.isConnected) tip.hidePopover();
    };
  }, [shown]);

  return (
    <div ref={box} id="tooltip" role="tooltip" popover="manual" className="tooltip-box">
      {shown?.text}
    </div>
  );
}

const margin = 8;

function place(tip: HTMLElement, anchor: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect();
  const centre = anchor.left + anchor.width / 2 - width / 2;
  const left = Math.min(Math.max(margin, centre), window.innerWidth - width - margin);
  const above = anchor.top - height - 6;
  tip.style.left = `${Math.round(left)}px`;
  tip.style.top = `${Math.round(above < margin ? anchor.bottom + 6 : above)}px`;
}
