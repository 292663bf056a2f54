"use client";

import { Button } from "#components/ui/button.tsx";
import { useClock } from "#components/ui/clock.tsx";
import { Hint } from "#components/ui/hint.tsx";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import { rangeMoments } from "#lib/client/history/time-range.ts";
import type { RangeState } from "#lib/client/history/use-time-range.ts";
import { isWorthAWord } from "#lib/client/history/watched.ts";

export function WatchedHint(props: { watchedSince: string | null; rangeState: RangeState }) {
  const { watchedSince, rangeState } = props;
  const now = useClock();
  const { range, isUnset, problem } = rangeState;
  if (watchedSince === null) return null;
  const since = Date.parse(watchedSince);
  const watched = <ZonedMoment at={watchedSince} className="text-ink" />;
  if (range.kind === "since" && range.from === since && (isUnset || problem !== null)) {
    return <Hint>Watched since {watched}: no data before that.</Hint>;
  }
  const { from, to } = rangeMoments(range, now());
  if (!isWorthAWord(watchedSince, { from, to: to ?? now() })) return null;
  // A range shows at least a minute, so this is what was asked for.
  if (range.kind === "since" && range.from >= since) return null;
  return (
    <Hint action={<Button onClick={() => rangeState.chooseMoments(since, null)}>Show from there</Button>}>
      Watched since {watched}: no data before that.
    </Hint>
  );
}
