import { clsx } from "clsx";
import { explainedProps } from "#components/ui/explained.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { IconName } from "#components/ui/icons/icon-names.ts";
import type { Check } from "#lib/api/diagnosis.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { wordKey } from "#lib/client/help/explanation-keys.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";

const states: Record<Check["state"], { icon: IconName; word: string; tone: string }> = {
  pass: { icon: "check", word: "Passed", tone: "bg-ok-soft text-ok" },
  warn: { icon: "triangle-alert", word: "Warning", tone: "bg-warn-soft text-warn" },
  skipped: { icon: "circle-slash", word: "Not checked", tone: "bg-unknown-soft text-unknown" },
  fail: { icon: "x", word: "Failed", tone: "bg-stop-soft text-stop" },
};

export function CheckList({ checks, label }: { checks: readonly Check[]; label: string }) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {checks.map((check) => (
        <li key={check.id} className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-2.5 sm:flex-nowrap">
          <span className="w-full shrink-0 sm:w-28">
            <StateChip state={check.state} />
          </span>
          <div className="min-w-0 flex-1">
            <h3 className="font-semibold">{check.title}</h3>
            <p className="foreign text-pretty break-words">
              <TimedText text={showText(check.detail.message)} />
              {check.state === "pass" ? null : (
                <HelpMark href={reasonPath(check.detail.code)} of={check.title} />
              )}
            </p>
            {check.remedy === null ? null : (
              <p className="text-pretty text-muted">
                <span className="font-semibold">Next steps:</span> <TimedText text={check.remedy.message} />
              </p>
            )}
            <Items items={check.items} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function StateChip({ state }: { state: Check["state"] }) {
  const { icon, word, tone } = states[state];
  return (
    <span
      {...explainedProps(wordKey("check", state))}
      className={clsx(
        "inline-flex h-[22px] items-center gap-1 whitespace-nowrap rounded-full px-2 font-semibold text-note",
        tone,
      )}
    >
      <Icon name={icon} className="size-3.5 shrink-0 stroke-[2.5]" />
      {word}
    </span>
  );
}

function Items({ items }: { items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <details className="mt-1">
      <summary className="cursor-pointer text-muted text-note">By name</summary>
      <ul className="mt-1 flex flex-col gap-0.5">
        {items.map((item) => (
          <li key={item} className="foreign break-all font-mono text-note">
            {showText(item)}
          </li>
        ))}
      </ul>
    </details>
  );
}
