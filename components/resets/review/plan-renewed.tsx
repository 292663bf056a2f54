import { RefreshCw } from "lucide-react";
import type { ResetPlan } from "#lib/api/resets.ts";

/** Above a plan that renewed itself: when, and what it says otherwise than the one before. */
export function PlanRenewed({ plan, changed }: { plan: ResetPlan; changed: string | null }) {
  return (
    <div role="status" className="empty:hidden">
      {changed === null ? null : (
        <p className="figures flex gap-2.5 rounded-lg border border-line bg-surface px-4 py-2">
          <RefreshCw aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
          <span className="min-w-0 text-pretty">
            Renewed at{" "}
            <time dateTime={plan.createdAt} data-at={plan.createdAt}>
              {plan.createdAt.slice(11, 19)} UTC
            </time>
            . {changed}
          </span>
        </p>
      )}
    </div>
  );
}
