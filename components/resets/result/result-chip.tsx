import { clsx } from "clsx";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { IconName } from "#components/ui/icons/icon-names.ts";
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

const icons: Record<ResetResult, IconName> = {
  pending: "hourglass",
  written: "check",
  conflict: "ban",
  failed: "x",
  skipped: "circle-slash-2",
  unknown: "circle-question-mark",
  overwritten: "eraser",
};

export function ResultChip({ entry }: { entry: Pick<ResetEntry, "result" | "live" | "removes" | "reason"> }) {
  const { tone, word, meaning } = entryWords(entry);
  const icon = isUnderWay(entry) ? "loader-circle" : isNotResumed(entry) ? "hourglass" : icons[entry.result];
  return (
    <Chip
      tone={tone}
      word={word}
      tip={meaning}
      about={wordKey("result", entry.result)}
      icon={<Icon name={icon} className="size-3.5 stroke-[2.5]" />}
    />
  );
}

const stateIcons = {
  ok: "check",
  warn: "triangle-alert",
  stop: "x",
  rewind: "loader-circle",
  unknown: "circle-question-mark",
} as const;

export function StateChip({ reset, counts }: { reset: ResetHead; counts?: ResultCounts }) {
  const { tone, word } = stateWords(reset, counts);
  return (
    <Chip
      tone={tone}
      word={word}
      about={wordKey("reset", reset.state)}
      icon={
        <Icon
          name={stateIcons[tone]}
          className={clsx("size-3.5 stroke-[2.5]", reset.state === "running" && "animate-spin")}
        />
      }
    />
  );
}
