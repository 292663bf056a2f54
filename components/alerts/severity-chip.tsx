import { clsx } from "clsx";
import { explainedProps } from "#components/ui/explained.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { IconName } from "#components/ui/icons/icon-names.ts";
import type { Severity } from "#lib/api/alerts.ts";
import { wordKey } from "#lib/client/help/explanation-keys.ts";

const looks: Record<Severity, { icon: IconName; word: string; tone: string }> = {
  critical: { icon: "octagon-alert", word: "Critical", tone: "bg-stop-soft text-stop" },
  warning: { icon: "triangle-alert", word: "Warning", tone: "bg-warn-soft text-warn" },
  info: { icon: "info", word: "Info", tone: "bg-unknown-soft text-unknown" },
};

export function SeverityChip({ severity, isCalm = false }: { severity: Severity; isCalm?: boolean }) {
  const { icon, word, tone } = looks[severity];
  return (
    <span
      {...explainedProps(wordKey("severity", severity))}
      className={clsx(
        "inline-flex h-[22px] items-center gap-1 whitespace-nowrap rounded-full px-2 font-semibold text-note",
        isCalm ? looks.info.tone : tone,
      )}
    >
      <Icon name={icon} className="size-3.5 shrink-0 stroke-[2.5]" />
      {word}
    </span>
  );
}
