"use client";

import { useEffect } from "react";
import { Arriving } from "#components/ui/arriving.tsx";
import type { EventHub } from "#lib/api/event-hub.ts";
import { seldom } from "#lib/client/browser/seldom.ts";
import { isFailing } from "#lib/client/lag/is-failing.ts";
import type { StaleSource } from "#lib/client/lag/stale-sources.ts";
import { useSessionOver, useStream, useStreamState } from "#lib/client/stream/use-stream.ts";

const StaleLines = seldom(() => import("./late/stale-lines.tsx").then((m) => m.StaleLines));

const none: readonly never[] = [];

interface Props {
  sources?: readonly StaleSource[];
  /** What of them fails is told, too. */
  hubs?: readonly EventHub[];
  observedAt: string | null;
  fetchError: Error | null;
  /** Figures that the page can't show are old too, which the dot by `Live` tells. */
  isUnread?: boolean;
}

export function StaleStrip({ sources = none, hubs = none, observedAt, fetchError, isUnread = false }: Props) {
  const { phase } = useStreamState();
  const { stream } = useStream();
  const isOver = useSessionOver();
  const isOld = sources.length > 0 || hubs.some(isFailing);
  const hasOld = isOld || isUnread;
  useEffect(() => {
    stream.noteOld(hasOld);
    return () => stream.noteOld(false);
  }, [stream, hasOld]);
  useEffect(StaleLines.preload, []);
  const lost = phase === "reconnecting" && !isOver;
  const failure = isOver ? null : fetchError;
  const isHere = isOld || lost || failure !== null;
  return (
    <Arriving isHere={isHere} over="Everything is read again.">
      <StaleLines {...{ sources, hubs, observedAt, lost, failure }} />
    </Arriving>
  );
}
