"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useClock } from "#components/ui/clock.tsx";
import type { Resets } from "#lib/api/resets.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { type ResetMark, resetMarks, resetMarksQuery } from "#lib/client/history/reset-marks.ts";
import type { TimeRange } from "#lib/client/history/time-range.ts";
import { type RangeState, useTimeRange } from "#lib/client/history/use-time-range.ts";
import { type OwnersInRange, ownersQuery } from "#lib/client/http/hub-queries.ts";
import { groupTabParsers } from "#lib/client/url/page-state.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

export interface GroupPast {
  rangeState: RangeState;
  owners: OwnersInRange | undefined;
  ownersError: Error | null;
  ownersAreOlder: boolean;
  retryOwners: () => void;
  resets: readonly ResetMark[] | null;
}

const noResets: readonly ResetMark[] = [];

export function useGroupPast(address: GroupAddress, first: TimeRange): GroupPast {
  const rangeState = useTimeRange(first);
  const [{ tab }] = useQueryState(groupTabParsers);
  const now = useClock();
  const times = useTimes();
  const select = useCallback((resets: Resets) => resetMarks(resets, times), [times]);
  const owners = useQuery({
    ...ownersQuery(address, { range: rangeState.range, now }),
    enabled: tab === "lag" || tab === "owners",
  });
  const resets = useQuery({
    ...resetMarksQuery(address),
    enabled: tab === "lag" || tab === "owners",
    select,
  });
  return {
    rangeState,
    owners: owners.data,
    ownersError: owners.error,
    ownersAreOlder: owners.isPlaceholderData,
    retryOwners: () => void owners.refetch(),
    resets: resets.error === null ? (resets.data ?? noResets) : null,
  };
}
