"use client";

import { type ComponentProps, useEffectEvent, useLayoutEffect, useRef } from "react";

export interface PaletteProps {
  timesAsked: number;
  query: string;
  onQuery: (query: string) => void;
  /** Enter was pressed before the results were there: it opens the first of them once they are. */
  isEntered: boolean;
  onEnter: () => void;
  onClose: () => void;
}

/** The palette's field before and after its results load. The second takes over the focus. */
export function PaletteInput({ timesAsked, ...props }: ComponentProps<"input"> & { timesAsked: number }) {
  const input = useRef<HTMLInputElement>(null);
  const takeFocus = useEffectEvent((_timesAsked: number) => {
    const element = input.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  });
  useLayoutEffect(() => takeFocus(timesAsked), [timesAsked]);
  return (
    <input
      aria-label="Go to"
      {...props}
      ref={input}
      data-first-focus
      maxLength={256}
      placeholder="Group, hub, action or help…"
      className="h-12 w-full border-b border-line bg-transparent px-4 text-[15px] outline-none placeholder:text-faint"
    />
  );
}
