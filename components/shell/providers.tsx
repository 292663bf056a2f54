"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useLayoutEffect, useState } from "react";
import { ClockProvider } from "#components/ui/clock.tsx";
import { Navigate } from "#components/ui/text/link.tsx";
import { tellAtWork } from "#lib/client/browser/early-presses.ts";
import { createPageClient } from "#lib/client/http/session.ts";
import { createBrowserStream, StreamContext } from "#lib/client/stream/use-stream.ts";
import { useHashEntries } from "#lib/client/url/hash-entries.ts";

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
  const { push } = useRouter();
  useHashEntries();
  const [{ client, isOver }] = useState(createPageClient);
  const [context] = useState(() => ({
    stream: createBrowserStream(refreshSeconds),
    refreshSeconds,
    isSessionOver: isOver,
  }));

  useLayoutEffect(tellAtWork, []);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onVisibility = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") context.stream.comeBack();
      else timer = setTimeout(() => context.stream.leave(), hiddenGraceMs);
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [context]);

  return (
    <QueryClientProvider client={client}>
      <ClockProvider startAt={now}>
        <StreamContext value={context}>
          <Navigate value={push}>{children}</Navigate>
        </StreamContext>
      </ClockProvider>
    </QueryClientProvider>
  );
}
