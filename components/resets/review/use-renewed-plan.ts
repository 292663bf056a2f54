"use client";

import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useClock, useTicking } from "#components/ui/clock.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { KnownPlan } from "#lib/api/resets.ts";
import { renewPlan } from "#lib/client/resets/plan-again.ts";
import { type PlanWatch, renewalDue, watchPlan } from "#lib/client/resets/review/plan-watch.ts";

/** The shortest interval, since each renewal reads the group and the hub. */
const leastMs = 10_000;
/** An abandoned page stops asking after half an hour. */
const mostRenewals = 180;

export interface Renewal {
  watch: PlanWatch | null;
  isResting: boolean;
  error: Error | null;
}

interface Options {
  plan: KnownPlan;
  group: ConsumerGroupDetail | undefined;
  isOpen: boolean;
  isTyped: boolean;
  onRenewed: (plan: KnownPlan) => void;
}

export function useRenewedPlan({ plan, group, isOpen, isTyped, onRenewed }: Options): Renewal {
  const clock = useClock();
  const watch = useMemo(() => watchPlan(plan, group), [plan, group]);
  const [tried, setTried] = useState({ count: 0, nextAt: Date.parse(plan.createdAt) + leastMs });
  const isResting = tried.count >= mostRenewals;
  const isDue = useTicking(
    useCallback(
      (now) => {
        // A background page renews once it is visible.
        const isAwake = isOpen && !isResting && typeof document !== "undefined" && !document.hidden;
        return isAwake && now >= tried.nextAt && renewalDue(plan, watch, { now, isTyped }) ? "due" : "";
      },
      [plan, watch, isOpen, isTyped, isResting, tried],
    ),
  );
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => renewPlan(plan),
    onSuccess: (renewed) => onRenewed(renewed),
  });
  useEffect(() => {
    if (isDue === "" || isPending) return;
    const startedAt = clock();
    mutate(undefined, {
      onSettled: () => {
        const pauseMs = Math.max(leastMs, 10 * (clock() - startedAt));
        setTried(({ count }) => ({ count: count + 1, nextAt: startedAt + pauseMs }));
      },
    });
  }, [isDue, isPending, mutate, clock]);
  return { watch, isResting, error };
}
