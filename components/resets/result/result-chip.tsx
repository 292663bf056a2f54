import {
  Ban,
  Check,
  CircleQuestionMark,
  CircleSlash2,
  Eraser,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
  X,
} from "lucide-react";
import { Chip } from "#components/ui/chip.tsx";
import { isNotResumed } from "#lib/api/reasons/resets/not-resumed.ts";
import type { ResetEntry, ResetResult } from "#lib/api/resets.ts";
import { wordKey } from "#lib/client/help/explanation-keys.ts";
import {
  entryWords,
  isUnderWay,
  type ResetHead,
  type ResultCounts,
  stateWords,
} from "#lib/client/resets/reset-words.ts";

const icons: Record<ResetResult, LucideIcon> = {
  pending: Hourglass,
  written: Check,
  conflict: Ban,
  failed: X,
  skipped: CircleSlash2,
  unknown: CircleQuestionMark,
  overwritten: Eraser,
};

export function ResultChip({ entry }: { entry: Pick<ResetEntry, "result" | "live" | "removes" | "reason"> }) {
  const { tone, word, meaning } = entryWords(entry);
  const Icon = isUnderWay(entry) ? LoaderCircle : isNotResumed(entry) ? Hourglass : icons[entry.result];
  return (
    <Chip
      tone={tone}
      word={word}
      tip={meaning}
      about={wordKey("result", entry.result)}
      icon={<Icon aria-hidden className="size-3.5" strokeWidth={2.5} />}
    />
  );
}

const stateIcons = {
  ok: Check,
  warn: TriangleAlert,
  stop: X,
  rewind: LoaderCircle,
  unknown: CircleQuestionMark,
} as const;

export function StateChip({ reset, counts }: { reset: ResetHead; counts?: ResultCounts }) {
  const { tone, word } = stateWords(reset, counts);
  const Icon = stateIcons[tone];
  return (
    <Chip
      tone={tone}
      word={word}
      about={wordKey("reset", reset.state)}
      icon={
        <Icon
          aria-hidden
          className={reset.state === "running" ? "size-3.5 animate-spin" : "size-3.5"}
          strokeWidth={2.5}
        />
      }
    />
  );
}
