"use client";

import { useEffect } from "react";
import { Arriving } from "#components/ui/arriving.tsx";
import { seldom } from "#lib/client/browser/seldom.ts";
import type { StaleSource } from "#lib/client/lag/stale-sources.ts";
import { useSessionOver, useStream, useStreamState } from "#lib/client/stream/use-stream.ts";

const StaleLines = seldom(() => import("./late/stale-lines.tsx").then((m) => m.StaleLines));

interface Props {
  sources: readonly StaleSource[];
  observedAt: string | null;
  fetchError: Error | null;
  /** Figures that the page can't show are old too, which the dot by `Live` tells. */
  isUnread?: boolean;
}

export function StaleStrip({ sources, observedAt, fetchError, isUnread = false }: Props) {
  const { phase } = useStreamState();
  const { stream } = useStream();
  const isOver = useSessionOver();
  const hasOld = sources.length > 0 || isUnread;
  useEffect(() => {
    stream.noteOld(hasOld);
    return () => stream.noteOld(false);
  }, [stream, hasOld]);
  useEffect(StaleLines.preload, []);
  const lost = phase === "reconnecting" && !isOver;
  const failure = isOver ? null : fetchError;
  const isHere = sources.length > 0 || lost || failure !== null;
  return (
    <Arriving isHere={isHere} over="Everything is read again.">
      <StaleLines {...{ sources, observedAt, lost, failure }} />
    </Arriving>
  );
}
