"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { Arriving } from "#components/ui/arriving.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { meQuery, signInPath } from "#lib/client/http/session.ts";
import { useSessionOver, useStreamState } from "#lib/client/stream/use-stream.ts";

const askAgainMs = 10_000;

export function SessionOver() {
  const isOver = useSessionOver();
  const { phase } = useStreamState();
  useQuery({
    ...meQuery(),
    enabled: phase === "reconnecting" || isOver,
    refetchInterval: isOver ? false : askAgainMs,
    // They may have signed in again in another tab.
    refetchOnWindowFocus: isOver ? "always" : false,
  });
  const path = usePathname();
  const query = useSearchParams().toString();
  return (
    <Arriving isHere={isOver} isLate>
      <div
        role="alert"
        className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-accent/40 bg-accent-soft px-4 py-2.5"
      >
        <Icon name="log-in" className="size-4 shrink-0 text-accent" />
        <span className="min-w-0 flex-1 basis-64">
          <strong className="font-semibold">Your session has ended.</strong> The figures are from before. Sign
          in again to update them.
        </span>
        {/* Not a page of this app: the server redirects to the issuer. */}
        <a href={signInPath(query === "" ? path : `${path}?${query}`)} className={buttonClass("primary")}>
          Sign in again
        </a>
      </div>
    </Arriving>
  );
}
