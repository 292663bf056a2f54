import { Icon } from "#components/ui/icons/icon.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { UnitText } from "#lib/client/format/unit-text.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";

export function PlanRenewed({ plan, changed }: { plan: ResetPlan; changed: string | null }) {
  return (
    <div role="status" className="empty:hidden">
      {changed === null ? null : (
        <p className="figures flex gap-2.5 rounded-lg border border-line bg-surface px-4 py-2">
          <Icon name="refresh-cw" className="mt-0.5 size-4 shrink-0 text-muted" />
          <span className="min-w-0 text-pretty">
            Renewed at <ZonedMoment at={plan.createdAt} />. <UnitText text={changed} />
          </span>
        </p>
      )}
    </div>
  );
}
