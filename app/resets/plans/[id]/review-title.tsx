"use client";

import { Steps } from "#components/resets/choose/steps.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import { kindNoun, kindPreposition } from "#lib/client/resets/plan-kind.ts";
import { focusAfterStep } from "#lib/client/resets/step-focus.ts";
import { consumerGroupPath } from "#lib/client/url/paths.ts";

interface Props {
  plan: ResetPlan;
  state: "open" | "expired" | "applied";
}

export function ReviewTitle({ plan, state }: Props) {
  const name = showText(plan.group);
  const expiresAt = Date.parse(plan.expiresAt);
  // The page's clock may be behind the server's.
  const life = expiresAt - Date.parse(plan.createdAt);
  return (
    <PageTitle
      headingRef={focusAfterStep}
      title={
        <>
          Review the {kindNoun(plan.target)} {kindPreposition(plan.target)}{" "}
          <span className="foreign break-words">{name}</span>
        </>
      }
    >
      <Steps at="Review" /> · plan made <ZonedMoment at={plan.createdAt} />,{" "}
      {state === "open" ? (
        <>
          good for <Ticking format={(now) => formatDuration(Math.min(life, expiresAt - now) / 1000)} />
        </>
      ) : (
        state
      )}{" "}
      ·{" "}
      <Link
        href={consumerGroupPath(plan.hub, plan.group, plan.store)}
        className="text-accent underline underline-offset-2"
      >
        {name} on {showText(plan.hub)}
      </Link>{" "}
      · store&nbsp;<span className="foreign font-mono">{showText(plan.store)}</span>
    </PageTitle>
  );
}
