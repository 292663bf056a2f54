"use client";

import type { ReactNode } from "react";
import { Ticking } from "#components/ui/clock.tsx";
import { formatAge } from "#lib/client/format.ts";

/** A page's name, what it is about, and how old its figures are. */
export function PageTitle(props: {
  title: ReactNode;
  observedAt: string | null;
  badge?: ReactNode;
  children: ReactNode;
}) {
  const { title, observedAt, badge, children } = props;
  return (
    <div className="min-w-0">
      <div className="group/copy flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="min-w-0 font-semibold text-heading tracking-tight">{title}</h1>
        {badge}
      </div>
      <p className="figures text-muted">
        {children}
        {" · "}
        {observedAt === null ? (
          "never read"
        ) : (
          <>
            figures from <Ticking at={observedAt} format={(now) => formatAge(observedAt, now)} />
          </>
        )}
      </p>
    </div>
  );
}
