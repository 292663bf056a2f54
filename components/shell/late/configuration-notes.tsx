"use client";

import type { ReactNode } from "react";
import { Ticking } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { Configuration } from "#lib/api/configuration.ts";
import { formatDuration, plural, secondsSince } from "#lib/client/format/format.ts";

const mostShown = 5;

interface Props extends Configuration {
  /** What of it is told here: `fault`, `restart`, `held`. */
  keys: string;
}

export function ConfigurationNotes({ fault, needsRestart, heldEventHubs, keys }: Props) {
  return (
    <div role="status" className="rounded-lg border border-warn/40 bg-warn-soft px-4 py-2 text-ink">
      {fault === null || !keys.includes("fault") ? null : (
        <Line>
          <strong className="font-semibold">The configuration file can't be used</strong>: it has{" "}
          {plural(fault.count, "fault")}, for{" "}
          <Ticking at={fault.since} format={(now) => formatDuration(secondsSince(fault.since, now))} />. What
          was read before holds.
          {fault.problems.length === 0 ? " Admins see what they are." : null}
          {fault.problems.length === 0 ? null : (
            <ul className="mt-1 list-disc pl-5">
              {fault.problems.slice(0, mostShown).map((problem) => (
                <li key={problem} className="foreign break-words">
                  {problem}
                </li>
              ))}
              {fault.problems.length > mostShown ? (
                <li>and {fault.problems.length - mostShown} more, which are in the log</li>
              ) : null}
            </ul>
          )}
        </Line>
      )}
      {keys.includes("restart") ? (
        <Line>
          The configuration changed in <span className="font-mono">{needsRestart.join(", ")}</span>, which
          takes effect when the dashboard restarts.
        </Line>
      ) : null}
      {keys.includes("held") ? (
        <Line>
          <span className="foreign">{heldEventHubs.join(", ")}</span> changed in the configuration and{" "}
          {heldEventHubs.length === 1 ? "stays as it was" : "stay as they were"} until the resets there have
          ended.
        </Line>
      ) : null}
    </div>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <div className="flex items-start gap-x-3 py-0.5">
      <Icon name="file-warning" className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
