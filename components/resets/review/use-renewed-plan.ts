"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useClock, useTicking } from "#components/ui/clock.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { KnownPlan } from "#lib/api/resets.ts";
import { renewPlan } from "#lib/client/resets/plan-again.ts";
import { planQuery } from "#lib/client/resets/reset-queries.ts";
import { type PlanWatch, renewalDue, watchPlan } from "#lib/client/resets/review/plan-watch.ts";

/** The shortest interval, since each renewal reads the group and the hub. */
const leastMs = 10_000;
/** An abandoned page stops asking after half an hour. */
const mostRenewals = 180;

export interface Renewal {
  watch: PlanWatch | null;
  isResting: boolean;
  isBusy: boolean;
  error: Error | null;
  /** Renews now, in place: what is typed stays as it does when the plan renews by itself. */
  renew: () => void;
}

interface Options {
  plan: KnownPlan;
  group: ConsumerGroupDetail | undefined;
  isOpen: boolean;
  onRenewed: (plan: KnownPlan, isAsked: boolean) => void;
}

export function useRenewedPlan({ plan, group, isOpen, onRenewed }: Options): Renewal {
  const clock = useClock();
  const client = useQueryClient();
  const watch = useMemo(() => watchPlan(plan, group), [plan, group]);
  const [tried, setTried] = useState({ count: 0, nextAt: Date.parse(plan.createdAt) + leastMs });
  const isResting = tried.count >= mostRenewals;
  const isDue = useTicking(
    useCallback(
      (now) => {
        // A background page renews once it is visible.
        const isAwake = isOpen && !isResting && typeof document !== "undefined" && !document.hidden;
        return isAwake && now >= tried.nextAt && renewalDue(plan, watch, now) ? "due" : "";
      },
      [plan, watch, isOpen, isResting, tried],
    ),
  );
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (_isAsked: boolean) => {
      // Applied elsewhere, its own writes look like a group that read on.
      const known = await client.fetchQuery({ ...planQuery(plan.planId), staleTime: 0 }).catch(() => null);
      return known === null || known.resetId === null ? await renewPlan(plan) : null;
    },
    onSuccess: (renewed, isAsked) => {
      if (renewed !== null) onRenewed(renewed, isAsked);
    },
  });
  const start = useCallback(
    (isAsked: boolean) => {
      const startedAt = clock();
      mutate(isAsked, {
        onSettled: () => {
          const pauseMs = Math.max(leastMs, 10 * (clock() - startedAt));
          setTried(({ count }) => ({ count: isAsked ? 0 : count + 1, nextAt: startedAt + pauseMs }));
        },
      });
    },
    [mutate, clock],
  );
  useEffect(() => {
    if (isDue !== "" && !isPending) start(false);
  }, [isDue, isPending, start]);
  return { watch, isResting, isBusy: isPending, error, renew: () => start(true) };
}
