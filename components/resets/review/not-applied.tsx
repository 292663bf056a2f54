"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "#components/resets/failure.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { codeOf } from "#lib/client/http/client-error.ts";
import { resetsQuery } from "#lib/client/resets/reset-queries.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";

export function NotApplied({ plan, error }: { plan: ResetPlan; error: Error }) {
  if (codeOf(error) === "planGone") {
    return <Failure title="Not applied" error={new Error("This plan can no longer be applied.")} />;
  }
  return (
    <Failure title="Not applied" error={error}>
      {codeOf(error) === "resetRunning" ? <Running plan={plan} /> : null}
    </Failure>
  );
}

function Running({ plan }: { plan: ResetPlan }) {
  const { data } = useQuery({ ...resetsQuery(plan), refetchOnMount: "always" });
  const running = data?.resets.find(({ state }) => state === "running");
  if (running === undefined) return null;
  return (
    <Link href={resetResultPath(running.id)} className="text-accent underline underline-offset-2">
      Follow that reset
    </Link>
  );
}
