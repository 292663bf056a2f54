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
      <h2 className="font-semibold">What a live reset can’t promise</h2>
      <ul className="mt-1 list-disc pl-4">
        <li>
          The group goes on while you review: what is read again and skipped is counted from where it stood
          when the plan was made. A partition that has passed a target ahead of it by then is left alone.
        </li>
        <li>
          It is not atomic: partitions go one small wave after another, so for a while some are at the new
          place and some at the old.
        </li>
        <li>
          A handler that takes longer than the {stated} that this plan counts on can still write its old
          position over the new one. That is noticed and told, not prevented.
        </li>
        <li>
          What a processor has in hand when it is held off is still processed, and read again where the new
          place lies before it.
        </li>
        <li>
          Processors of the Rust SDK and of older Go SDKs come back only after their ownership has expired.
        </li>
        <li>
          Checkpoints in the JSON formats of older libraries are left alone: they are reset offline only.
        </li>
      </ul>
    </section>
  );
}
