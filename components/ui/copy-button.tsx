"use client";

import { useState } from "react";
import { Icon } from "#components/ui/icons/icon.tsx";

type Outcome = "idle" | "copied" | "failed";

const marks = { idle: "copy", copied: "check", failed: "x" } as const;

/** Copies an identifier. Inside a `group/copy` it appears on hover and focus, always on touch. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<Outcome>("idle");
  const copy = async () => {
    setOutcome(
      await navigator.clipboard.writeText(text).then(
        () => "copied" as const,
        () => "failed" as const,
      ),
    );
    setTimeout(() => setOutcome("idle"), 1500);
  };
  const label =
    outcome === "copied"
      ? `Copied the ${what}`
      : outcome === "failed"
        ? `The ${what} could not be copied`
        : `Copy the ${what}`;
  return (
    <button
      type="button"
      aria-label={label}
      onClick={() => void copy()}
      className="inline-flex size-5 shrink-0 items-center justify-center rounded text-faint opacity-0 transition-opacity hover:text-ink focus-visible:opacity-100 group-focus-within/copy:opacity-100 group-hover/copy:opacity-100 [@media(hover:none)]:opacity-100"
    >
      <Icon name={marks[outcome]} className="size-3.5" />
    </button>
  );
}
