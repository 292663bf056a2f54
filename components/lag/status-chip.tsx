import { clsx } from "clsx";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { IconName } from "#components/ui/icons/icon-names.ts";
import type { Status } from "#lib/api/status.ts";
import { chipKey } from "#lib/client/help/explanation-keys.ts";
import { behindWords, chipTone, heldWords, type Chip as StatusWord } from "#lib/client/lag/status-words.ts";

const icons: Record<Status, IconName> = {
  ok: "check",
  warn: "arrow-up-right",
  stall: "pause",
  rewind: "rotate-ccw",
  stop: "square",
  unknown: "circle-question-mark",
};

const iconsOfWords: Record<string, IconName> = {
  [behindWords.falling]: "chevrons-down",
  [behindWords.steady]: "arrow-right",
  [heldWords.group]: "pause",
};

/** Words that stand alone, or after how many partitions they hold for. */
const iconsOfEnds: [end: RegExp, icon: IconName][] = [
  [/not resumed$/i, "hourglass"],
  [/paused$/i, "pause"],
];

function iconOf(status: Status, word: string): IconName {
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
  return (
    <Icon
      name={iconOf(status, word ?? "")}
      className={clsx(
        status === "stop" ? "size-2.5" : "size-3.5",
        "shrink-0 stroke-[2.5]",
        filled.has(status) && "fill-current",
        className,
      )}
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
