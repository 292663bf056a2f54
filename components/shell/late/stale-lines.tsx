"use client";

import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { EventHub } from "#lib/api/event-hub.ts";
import { formatAge } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { type StaleSource, staleSources } from "#lib/client/lag/stale-sources.ts";
import { useStream } from "#lib/client/stream/use-stream.ts";

interface Props {
  sources: readonly StaleSource[];
  hubs: readonly EventHub[];
  /** Those of them that are told here, a line each. */
  keys: string;
  observedAt: string | null;
  /** Live updates are interrupted. */
  lost: boolean;
  failure: Error | null;
}

export function StaleLines({ sources, hubs, keys, observedAt, lost, failure }: Props) {
  const { stream } = useStream();
  const here = new Set(keys.split("\n"));
  const told = [...staleSources(hubs), ...sources].filter(({ key }) => here.has(key));
  return (
    <div role="status" className="rounded-lg border border-warn/40 bg-warn-soft text-ink">
      <ul className="divide-y divide-warn/20">
        {lost ? (
          <Line icon={<Icon name="cloud-off" className="size-4" />}>
            <span>
              <strong className="font-semibold">Live updates are interrupted.</strong> The figures are from{" "}
              <Ticking at={observedAt} format={(now) => formatAge(observedAt, now)} />. The page tries again
              by itself.
            </span>
            <Button className="ml-auto" onClick={() => stream.resume()}>
              Try now
            </Button>
          </Line>
        ) : null}
        {failure === null || lost ? null : (
          <Line icon={<Icon name="cloud-off" className="size-4" />}>
            <span>
              <strong className="font-semibold">The last refresh of this page failed.</strong>{" "}
              <TimedText text={failure.message} />
            </span>
          </Line>
        )}
        {told.map(({ name, observedAt: at, message, others }) => (
          <Line key={`${name} ${message}`} icon={<Icon name="triangle-alert" className="size-4" />}>
            <span className="min-w-0 break-words">
              <strong className="foreign font-semibold">{name}</strong>
              {at === null ? " could not be read yet. " : `: figures from ${others > 0 ? "up to " : ""}`}
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
    <li className="flex gap-x-3 px-4 py-2">
      <span aria-hidden className="mt-0.5 shrink-0 text-warn">
        {icon}
      </span>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 sm:flex-nowrap">
        {children}
      </div>
    </li>
  );
}
