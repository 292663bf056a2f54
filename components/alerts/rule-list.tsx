import type { Alerts } from "#lib/api/alerts.ts";
import { conditionText, paceText, scopeText } from "#lib/client/alerts/alert-words.ts";
import { SeverityChip } from "./severity-chip.tsx";

export function RuleList({ alerts }: { alerts: Alerts }) {
  return (
    <ul aria-label="Alert rules" className="divide-y divide-line">
      {alerts.rules.map((rule) => (
        <li key={rule.id} className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-2 sm:flex-nowrap">
          <span className="w-full shrink-0 sm:w-24">
            <SeverityChip severity={rule.severity} />
          </span>
          <div className="min-w-0 flex-1">
            <h3 className="font-mono">{rule.id}</h3>
            <p className="text-pretty break-words text-muted">
              <span className="inline-block text-ink first-letter:uppercase">{conditionText(rule.when)}</span>{" "}
              · {scopeText(rule)} · {paceText(rule)} ·{" "}
              {rule.channels.length === 0 ? "no channel" : `sent to ${rule.channels.join(", ")}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
