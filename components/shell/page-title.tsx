"use client";

import type { ReactNode } from "react";
import { Ticking } from "#components/ui/clock.tsx";
import { SteadyHeight } from "#components/ui/text/steady-height.tsx";
import { formatAge } from "#lib/client/format/format.ts";

export function PageTitle(props: {
  title: ReactNode;
  /** Null: never read. Undefined: shows no figures of a refresh. */
  observedAt?: string | null;
  badge?: ReactNode;
  pace?: string | undefined;
  side?: ReactNode;
  headingRef?: (heading: HTMLElement | null) => void;
  children: ReactNode;
}) {
  const { title, observedAt, badge, pace, side, headingRef, children } = props;
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-72">
        <SteadyHeight keeps="all" className="group/copy flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1
            className="min-w-0 break-words font-semibold text-heading tracking-tight outline-none"
            {...(headingRef === undefined ? {} : { ref: headingRef, tabIndex: -1 })}
          >
            {title}
          </h1>
          {badge}
        </SteadyHeight>
        <SteadyHeight className="figures break-words text-muted">
          {children}
          {observedAt === undefined ? null : (
            <>
              <span className="max-sm:hidden">{" · "}</span>
              {/* On a phone a line of its own: a longer age would wrap there, and move the page. */}
              <span className="whitespace-nowrap max-sm:block">
                {observedAt === null ? (
                  "never read"
                ) : (
                  <>
                    updated <Ticking at={observedAt} format={(now) => formatAge(observedAt, now)} />
                  </>
                )}
              </span>
            </>
          )}
        </SteadyHeight>
        {pace === undefined ? null : <p className="text-note text-warn">{pace}</p>}
      </div>
      {side === undefined ? null : <div className="flex flex-wrap items-center gap-2">{side}</div>}
    </div>
  );
}
