import { clsx } from "clsx";
import {
  ArrowRight,
  ArrowUpRight,
  Check,
  ChevronsDown,
  CircleQuestionMark,
  Hourglass,
  type LucideIcon,
  Pause,
  RotateCcw,
  Square,
} from "lucide-react";
import { Chip } from "#components/ui/chip.tsx";
import type { Status } from "#lib/api/status.ts";
import { chipKey } from "#lib/client/help/explanation-keys.ts";
import { behindWords, chipTone, heldWords, type Chip as StatusWord } from "#lib/client/lag/status-words.ts";

const icons: Record<Status, LucideIcon> = {
  ok: Check,
  warn: ArrowUpRight,
  stall: Pause,
  rewind: RotateCcw,
  stop: Square,
  unknown: CircleQuestionMark,
};

const iconsOfWords: Record<string, LucideIcon> = {
  [behindWords.falling]: ChevronsDown,
  [behindWords.steady]: ArrowRight,
  [heldWords.group]: Pause,
};

/** Words that stand alone, or after how many partitions they hold for. */
const iconsOfEnds: [end: RegExp, icon: LucideIcon][] = [
  [/not resumed$/i, Hourglass],
  [/paused$/i, Pause],
];

function iconOf(status: Status, word: string): LucideIcon {
  return iconsOfWords[word] ?? iconsOfEnds.find(([end]) => end.test(word))?.[1] ?? icons[status];
}

export const statusTones: Record<Status, string> = {
  ok: "text-ok",
  warn: "text-warn",
  stall: "text-stall",
  rewind: "text-rewind",
  stop: "text-stop",
  unknown: "text-unknown",
};

const filled = new Set<Status>(["stop", "stall"]);

export function StatusIcon({
  status,
  word,
  className,
}: {
  status: Status;
  word?: string;
  className?: string;
}) {
  const Icon = iconOf(status, word ?? "");
  return (
    <Icon
      aria-hidden
      strokeWidth={2.5}
      {...(filled.has(status) ? { fill: "currentColor" } : {})}
      className={clsx(status === "stop" ? "size-2.5" : "size-3.5", "shrink-0", className)}
    />
  );
}

export function StatusChip({ chip, tip }: { chip: StatusWord; tip?: string | null }) {
  return (
    <Chip
      tone={chipTone(chip)}
      icon={<StatusIcon status={chip.status} word={chip.word} />}
      word={chip.word}
      tip={tip}
      about={chipKey(chip)}
    />
  );
}
