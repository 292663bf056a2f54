"use client";

import { useMakePlan } from "#components/resets/choose/use-make-plan.ts";
import { Failure } from "#components/resets/failure.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Reset } from "#lib/api/resets.ts";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import { planAgain } from "#lib/client/resets/plan-again.ts";
import { plannedRest, restOf, restWords } from "#lib/client/resets/result/rest-of-reset.ts";

/** The next step after a reset that ended half done. */
export function RestOfReset({ reset, whyNot }: { reset: Reset; whyNot: string | null }) {
  const { make, isBusy, error } = useMakePlan();
  const rest = restOf(reset);
  const words = rest === null ? null : restWords(reset, rest);
  const why = whyNot ?? (isBusy ? "The plan is being made." : null);
  const plan = () => rest !== null && make(() => planAgain(plannedRest(reset, rest)));
  usePageAction(words === null || why !== null ? null : words.ask, plan);
  if (words === null || rest === null) return null;
  return (
    <>
      {error === null ? null : <Failure title="No plan could be made" error={error} />}
      <section
        aria-label="Next step"
        className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2"
      >
        <p className="figures min-w-0 flex-1 basis-60 text-pretty">{words.left}</p>
        <Button
          look="primary"
          whyDisabled={why}
          data-tip={`Plans the same target, ${rest.mode}. Nothing changes until you review and confirm.`}
          onClick={plan}
        >
          {isBusy ? "Making the plan…" : words.ask}
        </Button>
      </section>
    </>
  );
}
