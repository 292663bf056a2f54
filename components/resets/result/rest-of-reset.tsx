"use client";

import { useMakePlan } from "#components/resets/choose/use-make-plan.ts";
import { Failure } from "#components/resets/failure.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { Reset } from "#lib/api/resets.ts";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import { UnitText } from "#lib/client/format/unit-text.ts";
import { planAgain } from "#lib/client/resets/plan-again.ts";
import { kindNoun } from "#lib/client/resets/plan-kind.ts";
import { planUndo } from "#lib/client/resets/reset-queries.ts";
import { coveredWords, undoAgain } from "#lib/client/resets/result/later-resets.ts";
import { plannedRest, restWords } from "#lib/client/resets/result/rest-of-reset.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";
import { useRestNow } from "./use-rest-now.ts";

/** The next step after a reset that ended half done, unless a later one has taken it up. */
export function RestOfReset({ reset, whyNot }: { reset: Reset; whyNot: string | null }) {
  const { make, isBusy, error } = useMakePlan();
  const now = useRestNow(reset);
  const { rest, by, isKnown } = now;
  const words = rest === null ? null : restWords(reset, rest);
  const unknown = isKnown ? null : "The group’s later resets are being looked at.";
  const why = whyNot ?? (isBusy ? "The plan is being made." : unknown);
  const again = undoAgain(now);
  const [what, mode] = rest === null ? ["its undo", reset.mode] : ["the same target", rest.mode];
  const ask = words?.ask ?? again;
  const plan = () => {
    if (rest !== null) make(() => planAgain(plannedRest(reset, rest)));
    else if (again !== null) make(() => planUndo(reset.id));
  };
  usePageAction(why === null ? ask : null, plan);
  if (rest === null && by === null) return null;
  const told = [words?.left, by && coveredWords(reset, now, by)].filter((text) => text != null);
  return (
    <>
      {error === null ? null : <Failure title="No plan could be made" error={error} />}
      <section
        aria-label="Next step"
        className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2"
      >
        <p className="figures min-w-0 flex-1 basis-60 text-pretty">
          <UnitText text={told.join(" ")} />
        </p>
        {by === null ? null : (
          <Link href={resetResultPath(by.id)} className={buttonClass()}>
            To the later {kindNoun(by.target)}
          </Link>
        )}
        {ask === null ? null : (
          <Button
            look="primary"
            whyDisabled={why}
            data-tip={`Plans ${what}, ${mode}. Nothing changes until you review and confirm.`}
            onClick={plan}
          >
            {isBusy ? "Making the plan…" : ask}
          </Button>
        )}
      </section>
    </>
  );
}
