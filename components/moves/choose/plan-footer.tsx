"use client";

import { useMakePlan } from "#components/resets/choose/use-make-plan.ts";
import { Failure } from "#components/resets/failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { KnownPlan } from "#lib/api/resets.ts";
import { consumerGroupPath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  plan: (() => Promise<KnownPlan>) | { missing: string };
  whyNot: string | null;
  address: GroupAddress;
}

export function PlanFooter({ plan, whyNot, address }: Props) {
  const { make, isBusy, error } = useMakePlan();
  const missing = typeof plan === "function" ? null : plan.missing;
  return (
    <div className="flex flex-col gap-3">
      {error === null ? null : <Failure title="No plan could be made" error={error} />}
      <div
        data-sticky-bar
        className="sticky bottom-3 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5"
      >
        <Link
          href={consumerGroupPath(address.hub, address.group, address.store)}
          className="text-accent underline underline-offset-2"
        >
          Back to the group
        </Link>
        <p role="status" className="min-w-0 flex-1 basis-60 text-right text-muted max-sm:text-left">
          {missing ?? (isBusy ? "Planning…" : "Nothing changes until you review and confirm.")}
        </p>
        <Button
          look="primary"
          whyDisabled={whyNot ?? (isBusy ? "The plan is being made." : missing)}
          onClick={() => typeof plan === "function" && make(plan)}
        >
          {isBusy ? "Making the plan…" : "Review"}
        </Button>
      </div>
    </div>
  );
}
