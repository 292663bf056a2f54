import { clsx } from "clsx";
import type { ReactNode } from "react";
import { explainedProps } from "./explained.tsx";

export type Tone = "ok" | "behind" | "warn" | "stall" | "stop" | "rewind" | "unknown";

/** Written out because Tailwind finds class names in the source. */
const tones: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok",
  behind: "bg-accent-soft text-accent",
  warn: "bg-warn-soft text-warn",
  stall: "bg-stall-soft text-stall",
  rewind: "bg-rewind-soft text-rewind",
  stop: "bg-stop-soft text-stop",
  unknown: "bg-unknown-soft text-unknown",
};

export function Chip(props: {
  tone: Tone;
  icon: ReactNode;
  word: string;
  tip?: string | null | undefined;
  about?: string;
}) {
  const { tone, icon, word, tip, about } = props;
  return (
    <span
      {...explainedProps(about, tip || null)}
      className={clsx(
        "inline-flex min-h-[22px] max-w-full shrink-0 items-center gap-1 rounded-[11px] px-2 font-semibold text-note sm:whitespace-nowrap",
        tones[tone],
      )}
    >
      {icon}
      <span data-chip className="sm:truncate max-sm:leading-4">
        {word}
      </span>
    </span>
  );
}
