"use client";

import { CloudOff, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Button } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { formatAge } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import type { StaleSource } from "#lib/client/lag/stale-sources.ts";
import { useLive, useLiveState, useSessionOver } from "#lib/client/stream/use-live.ts";

interface Props {
  sources: readonly StaleSource[];
  observedAt: string | null;
  fetchError: Error | null;
  /** Figures that the page can't show are old too, which the dot by `Live` tells. */
  isUnread?: boolean;
}

/** Tells what is old and why. Renders nothing when all is fresh. */
export function StaleStrip({ sources, observedAt, fetchError, isUnread = false }: Props) {
  const { phase } = useLiveState();
  const { live } = useLive();
  const isOver = useSessionOver();
  const hasOld = sources.length > 0 || isUnread;
  useEffect(() => {
    live.noteOld(hasOld);
    return () => live.noteOld(false);
  }, [live, hasOld]);
  const lost = phase === "reconnecting" && !isOver;
  const failure = isOver ? null : fetchError;
  if (sources.length === 0 && !lost && failure === null) return null;
  return (
    <div role="status" className="rounded-lg border border-warn/40 bg-warn-soft text-ink">
      <ul className="divide-y divide-warn/20">
        {lost ? (
          <Line icon={<CloudOff className="size-4" />}>
            <span>
              <strong className="font-semibold">Live updates are interrupted.</strong> The figures are from{" "}
              <Ticking at={observedAt} format={(now) => formatAge(observedAt, now)} />; trying again by
              itself.
            </span>
            <Button className="ml-auto" onClick={() => live.resume()}>
              Try now
            </Button>
          </Line>
        ) : null}
        {failure === null || lost ? null : (
          <Line icon={<CloudOff className="size-4" />}>
            <span>
              <strong className="font-semibold">The last refresh of this page failed.</strong>{" "}
              <TimedText text={failure.message} />
            </span>
          </Line>
        )}
        {sources.map(({ name, observedAt: at, message }) => (
          <Line key={`${name} ${message}`} icon={<TriangleAlert className="size-4" />}>
            <span className="min-w-0 break-words">
              <strong className="foreign font-semibold">{name}</strong>
              {at === null ? " could not be read yet. " : ": figures from "}
              {at === null ? null : (
                <>
                  <Ticking at={at} format={(now) => formatAge(at, now)} />.{" "}
                </>
              )}
              <TimedText text={message} />
            </span>
          </Line>
        ))}
      </ul>
    </div>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 sm:flex-nowrap">
      <span aria-hidden className="shrink-0 text-warn">
        {icon}
      </span>
      {children}
    </li>
  );
}
