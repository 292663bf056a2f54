import { clsx } from "clsx";
import { Info, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import { explainedProps } from "#components/ui/explained.tsx";
import type { Severity } from "#lib/api/alerts.ts";
import { wordKey } from "#lib/client/help/explanation-keys.ts";

const looks: Record<Severity, { icon: LucideIcon; word: string; tone: string }> = {
  critical: { icon: OctagonAlert, word: "Critical", tone: "bg-stop-soft text-stop" },
  warning: { icon: TriangleAlert, word: "Warning", tone: "bg-warn-soft text-warn" },
  info: { icon: Info, word: "Info", tone: "bg-unknown-soft text-unknown" },
};

export function SeverityChip({ severity, isCalm = false }: { severity: Severity; isCalm?: boolean }) {
  const { icon: Icon, word, tone } = looks[severity];
  return (
    <span
      {...explainedProps(wordKey("severity", severity))}
      className={clsx(
        "inline-flex h-[22px] items-center gap-1 whitespace-nowrap rounded-full px-2 font-semibold text-note",
        isCalm ? looks.info.tone : tone,
      )}
    >
      <Icon aria-hidden strokeWidth={2.5} className="size-3.5 shrink-0" />
      {word}
    </span>
  );
}
