import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { helpPagePath } from "#lib/client/help/help-pages.ts";

export function LiveLimits({ plan }: { plan: ResetPlan }) {
  if (plan.mode !== "live") return null;
  const stated = formatDuration(plan.handlerSeconds);
  const isOne = plan.entries.length === 1;
  const isOneWave = isOne || plan.live?.waves === 1;
  return (
    <section
      aria-label="Limits of a live reset"
      className="rounded-lg border border-warn/40 bg-warn-soft px-4 py-1.5 text-note"
    >
      <details>
        <summary className="flex items-start gap-2">
          <Icon name="triangle-alert" className="mt-0.5 size-4 shrink-0 text-warn" />
          <span className="min-w-0 text-pretty">
            Not atomic: {isOneWave ? "a" : "partitions go in waves, and a"} handler slower than {stated} can
            still overwrite the new position. <span className="underline underline-offset-2">All limits</span>
          </span>
        </summary>
        <ul className="mt-1 max-h-[30vh] list-disc overflow-auto pl-10">
          {isOne ? null : <li>Some partitions are at the new position before others.</li>}
          <li>If a slow handler overwrites the new position, the result shows it, but can’t prevent it.</li>
          <li>
            The group keeps reading while you review. Counts are from when the plan was made.{" "}
            {isOne ? "If it" : "A partition that"} has passed its target by then{isOne ? ", it" : ""} is not
            changed.
          </li>
          <li>
            A paused processor still finishes the events that it has. They are read again if the new position
            is before them.
          </li>
          <li>
            Processors of the Rust SDK and of older Go SDKs come back only after their ownership has expired.
          </li>
          <li>Checkpoints in the JSON formats of older libraries can only be reset offline.</li>
          <li>
            <Link
              href={helpPagePath("resets", "what-a-live-reset-can-break")}
              className="underline underline-offset-2"
            >
              What a live reset can break
            </Link>
          </li>
        </ul>
      </details>
    </section>
  );
}
