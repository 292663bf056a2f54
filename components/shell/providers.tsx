"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useEffect, useState } from "react";
import { ClockProvider } from "#components/ui/clock.tsx";
import { createPageClient } from "#lib/client/http/session.ts";
import { createBrowserLive, LiveContext } from "#lib/client/stream/use-live.ts";

const hiddenGraceMs = 30_000;

export function Providers({
  now,
  refreshSeconds,
  children,
}: {
  now: number;
  refreshSeconds: number;
  children: ReactNode;
}) {
  const [{ client, isOver }] = useState(createPageClient);
  const [live] = useState(() => ({
    live: createBrowserLive(refreshSeconds),
    refreshSeconds,
    isSessionOver: isOver,
  }));

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onVisibility = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") live.live.comeBack();
      else timer = setTimeout(() => live.live.leave(), hiddenGraceMs);
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [live]);

  return (
    <NuqsAdapter>
      <QueryClientProvider client={client}>
        <ClockProvider startAt={now}>
          <LiveContext value={live}>{children}</LiveContext>
        </ClockProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  );
}
