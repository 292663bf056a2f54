import { clsx } from "clsx";
import {
  ArrowUpRight,
  Check,
  ChevronsDown,
  CircleQuestionMark,
  type LucideIcon,
  Pause,
  RotateCcw,
  Square,
} from "lucide-react";
import type { Status } from "#lib/api/status.ts";
import type { Chip } from "#lib/client/status-words.ts";

const icons: Record<Status, LucideIcon> = {
  ok: Check,
  warn: ArrowUpRight,
  stall: Pause,
  rewind: RotateCcw,
  stop: Square,
  unknown: CircleQuestionMark,
};

const filled = new Set<Status>(["stop", "stall"]);

/** Written out, since Tailwind finds class names as they stand in the source. */
const tones: Record<Status, string> = {
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  stall: "bg-stall-soft text-stall",
  rewind: "bg-rewind-soft text-rewind",
  stop: "bg-stop-soft text-stop",
  unknown: "bg-unknown-soft text-unknown",
};

export function StatusIcon({
  status,
  word,
  className,
}: {
  status: Status;
  word?: string;
  className?: string;
}) {
  const Icon = word === "Catching up" ? ChevronsDown : icons[status];
  return (
    <Icon
      aria-hidden
      strokeWidth={2.5}
      {...(filled.has(status) ? { fill: "currentColor" } : {})}
      className={clsx(status === "stop" ? "size-2.5" : "size-3.5", "shrink-0", className)}
    />
  );
}

/** A status as icon and word: colour alone says nothing. */
export function StatusChip({ chip, tip }: { chip: Chip; tip?: string | null }) {
  return (
    <span
      {...(tip ? { "data-tip": tip } : {})}
      className={clsx(
        "inline-flex h-[22px] items-center gap-1 whitespace-nowrap rounded-full px-2 font-semibold text-note",
        tones[chip.status],
      )}
    >
      <StatusIcon status={chip.status} word={chip.word} />
      {chip.word}
    </span>
  );
}
