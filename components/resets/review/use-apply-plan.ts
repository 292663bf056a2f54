"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ResetPlan } from "#lib/api/resets.ts";
import { codeOf } from "#lib/client/http/client-error.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import { applyReset } from "#lib/client/resets/reset-queries.ts";
import { stepTaken } from "#lib/client/resets/step-focus.ts";
import { takeReset } from "#lib/client/resets/take-reset.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";

/** Applies a plan and opens its progress. Busy until that page is shown, so that nobody applies it twice. */
export function useApplyPlan(plan: ResetPlan) {
  const client = useQueryClient();
  const router = useRouter();
  const applying = useMutation({
    mutationFn: (confirm: string) => applyReset(plan, plan.planId, confirm),
    onSuccess: (reset) => {
      takeReset(client, reset);
      stepTaken();
      // Replaces the plan's page, which leads nowhere now.
      router.replace(resetResultPath(reset.id));
    },
    onError: (error) => {
      // The plan was applied elsewhere or has expired, and the plan itself tells which.
      if (codeOf(error) === "planGone")
        void client.invalidateQueries({ queryKey: resetKeys.plan(plan.planId) });
    },
  });
  return {
    apply: (confirm: string) => applying.mutate(confirm),
    isBusy: applying.isPending || applying.isSuccess,
    error: applying.error,
  };
}
