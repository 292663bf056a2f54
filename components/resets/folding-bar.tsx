"use client";

import { clsx } from "clsx";
import { type ReactNode, useId, useState } from "react";
import { Icon } from "#components/ui/icons/icon.tsx";
import { StickyBar } from "./sticky-bar.tsx";

/** On a phone it is one line until it is opened, since its forms would cover a third of the page. */
export function FoldingBar({ line, children }: { line: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <StickyBar>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="figures flex h-11 items-center gap-2 rounded-lg border border-line-strong bg-surface px-4 text-left font-medium sm:hidden"
      >
        <span className="min-w-0 flex-1 truncate">{line}</span>
        <Icon name={isOpen ? "chevron-down" : "chevron-up"} className="size-4 shrink-0 text-muted" />
      </button>
      <div id={id} className={clsx("flex-col gap-2 sm:flex", isOpen ? "flex" : "hidden")}>
        {children}
      </div>
    </StickyBar>
  );
}
