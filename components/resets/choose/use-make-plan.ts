"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { KnownPlan } from "#lib/api/resets.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import { stepTaken } from "#lib/client/resets/step-focus.ts";
import { planPath } from "#lib/client/url/paths.ts";

/** Makes a plan and opens its review. Busy until that page is shown, so that nobody asks twice. */
export function useMakePlan() {
  const client = useQueryClient();
  const router = useRouter();
  const making = useMutation({
    mutationFn: (make: () => Promise<KnownPlan>) => make(),
    onSuccess: (plan) => {
      client.setQueryData(resetKeys.plan(plan.planId), plan);
      stepTaken();
      router.push(planPath(plan.planId));
    },
  });
  return {
    make: (make: () => Promise<KnownPlan>) => making.mutate(make),
    isBusy: making.isPending || making.isSuccess,
    error: making.error,
  };
}
