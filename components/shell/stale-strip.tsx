"use client";

import { useEffect } from "react";
import { ArrivingLines } from "#components/ui/arriving.tsx";
import type { EventHub } from "#lib/api/event-hub.ts";
import { seldom } from "#lib/client/browser/seldom.ts";
import { failureKeys } from "#lib/client/lag/failure-keys.ts";
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
  const old = [...new Set([...hubs.flatMap(failureKeys), ...sources.map(({ key }) => key)])];
  const hasOld = old.length > 0 || isUnread;
  useEffect(() => {
    stream.noteOld(hasOld);
    return () => stream.noteOld(false);
  }, [stream, hasOld]);
  useEffect(StaleLines.preload, []);
  const lost = phase === "reconnecting" && !isOver;
  const failure = isOver ? null : fetchError;
  const here = [...(lost ? ["live"] : failure === null ? [] : ["page"]), ...old];
  return (
    <ArrivingLines
      here={here}
      over="Everything is read again."
      draw={(keys) => (
        <StaleLines
          {...{ sources, hubs, observedAt }}
          // As text: the same keys are the same props.
          keys={keys.join("\n")}
          lost={lost && keys.includes("live")}
          failure={keys.includes("page") ? failure : null}
        />
      )}
    />
  );
}
