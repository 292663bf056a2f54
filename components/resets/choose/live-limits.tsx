import type { ResetPlan } from "#lib/api/resets.ts";
import { formatDuration } from "#lib/client/format/format.ts";

/** What a live reset can't promise, before anybody confirms one. */
export function LiveLimits({ plan }: { plan: ResetPlan }) {
  if (plan.mode !== "live") return null;
  const stated = formatDuration(plan.handlerSeconds);
  return (
    <section
      aria-label="Limits of a live reset"
      className="rounded-lg border border-warn/40 bg-warn-soft px-4 py-2.5"
    >
      <h2 className="font-semibold">Limits of a live reset</h2>
      <ul className="mt-1 list-disc pl-4">
        <li>
          The group keeps reading while you review. Counts are from when the plan was made. A partition that
          has passed its target by then is not changed.
        </li>
        <li>
          It is not atomic: partitions go in small waves, so some are at the new position before others.
        </li>
        <li>
          A handler slower than {stated} can still overwrite the new position. The result shows it, but can’t
          prevent it.
        </li>
        <li>
          A paused processor still finishes the events that it has. They are read again if the new position is
          before them.
        </li>
        <li>
          Processors of the Rust SDK and of older Go SDKs come back only after their ownership has expired.
        </li>
        <li>Checkpoints in the JSON formats of older libraries can only be reset offline.</li>
      </ul>
    </section>
  );
}
