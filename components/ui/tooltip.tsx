"use client";

import { useEffect, useRef, useState } from "react";
import { Link } from "#components/ui/text/link.tsx";

interface Shown {
  text: string;
  help: string | null;
  anchor: Element;
}

const delayMs = 250;
/** A tip with a link stays this long, so that the pointer can reach it. */
const lingerMs = 250;

interface Found {
  anchor: Element;
  text: string | null;
  about: string | null;
}

type Explain = (key: string) => Promise<{ text: string; href: string } | null>;

function find(target: EventTarget | null, describeMoment: (at: string) => string): Found | null {
  const anchor = target instanceof Element ? target.closest("[data-tip], [data-at], [data-about]") : null;
  if (!(anchor instanceof HTMLElement || anchor instanceof SVGElement)) return null;
  const { tip, at, about } = anchor.dataset;
  const text = tip ?? (at === undefined ? undefined : describeMoment(at));
  if (!text && !about) return null;
  return { anchor, text: text || null, about: about || null };
}

async function read({ anchor, text, about }: Found, explain: Explain): Promise<Shown | null> {
  // What can't be loaded is told above the page.
  const explanation = about === null ? null : await explain(about).catch(() => null);
  const texts = [text, explanation?.text].filter((one) => one != null);
  return texts.length === 0 ? null : { anchor, text: texts.join("\n\n"), help: explanation?.href ?? null };
}

/** True when a pointer gave the focus: what was just pressed needs no tip over its neighbours. */
function isPressed({ type, target }: Event): boolean {
  return type === "focusin" && target instanceof Element && !target.matches(":focus-visible");
}

/**
 * One tooltip for the page: elements with `data-tip` (a text), `data-at` (a moment) or `data-about` (the key
 * of an explanation) show it on hover and focus. A thousand cells cost an attribute each, not a component.
 */
export function Tooltips({
  describeMoment,
  explain,
}: {
  describeMoment: (at: string) => string;
  explain: Explain;
}) {
  const [shown, setShown] = useState<Shown | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const link = useRef<HTMLAnchorElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const isWithin = ({ target }: Event) => target instanceof Node && box.current?.contains(target) === true;
    let turn = 0;
    const hide = (event?: Event) => {
      if (event !== undefined && isWithin(event)) return;
      turn += 1;
      clearTimeout(timer);
      clearTimeout(leaving);
      setShown(null);
    };
    const show = (event: Event) => {
      turn += 1;
      clearTimeout(timer);
      clearTimeout(leaving);
      if (isWithin(event) || isPressed(event)) return;
      const found = find(event.target, describeMoment);
      if (found !== null) {
        const own = turn;
        const reading = read(found, explain);
        timer = setTimeout(
          async () => {
            const shown = await reading;
            if (own === turn) setShown(shown);
          },
          event.type === "focusin" ? 0 : delayMs,
        );
      }
      if (event.type === "pointerover" && link.current !== null)
        leaving = setTimeout(hideUnless(found), lingerMs);
      else setShown(null);
    };
    const hideUnless = (found: Found | null) => () =>
      setShown((now) => (now?.anchor === found?.anchor ? now : null));
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
      if (event.key !== "F1" || link.current === null) return;
      event.preventDefault();
      link.current.click();
    };
    const listeners = new AbortController();
    const options = { signal: listeners.signal, passive: true };
    for (const type of ["pointerover", "focusin"]) document.addEventListener(type, show, options);
    // A press on what is off does nothing, so it asks why. A finger has no other way to ask.
    const press = (event: Event) => {
      hide(event);
      const found = find(event.target, describeMoment);
      if (found?.anchor.ariaDisabled === "true" && found.text !== null)
        setShown({ anchor: found.anchor, text: found.text, help: null });
    };
    document.addEventListener("pointerdown", press, options);
    document.addEventListener("focusout", hide, options);
    document.addEventListener("scroll", hide, { ...options, capture: true });
    document.addEventListener("keydown", onKey, { signal: listeners.signal });
    return () => {
      turn += 1;
      listeners.abort();
      clearTimeout(timer);
      clearTimeout(leaving);
    };
  }, [describeMoment, explain]);

  useEffect(() => {
    const tip = box.current;
    if (tip === null || shown === null || !shown.anchor.isConnected) return;
    tip.showPopover();
    place(tip, shown.anchor.getBoundingClientRect());
    const isDescribed = shown.anchor.hasAttribute("aria-describedby");
    if (!isDescribed) shown.anchor.setAttribute("aria-describedby", tip.id);
    return () => {
      if (!isDescribed) shown.anchor.removeAttribute("aria-describedby");
      if (tip.isConnected) tip.hidePopover();
    };
  }, [shown]);

  return (
    <div ref={box} id="tooltip" role="tooltip" popover="manual" className="tooltip-box">
      {shown?.text}
      {shown?.help == null ? null : (
        <Link
          ref={link}
          href={shown.help}
          // Reached by pointer or F1, so it is no Tab stop.
          tabIndex={-1}
          onClick={() => setShown(null)}
          className="pointer-events-auto mt-1 block text-accent underline underline-offset-2"
        >
          More in the help (F1)
        </Link>
      )}
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
