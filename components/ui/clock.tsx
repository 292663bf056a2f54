"use client";

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";

/** Epoch milliseconds by the server's clock, ticking once a second. */
interface Clock {
  startAt: number;
  now: () => number;
  subscribe: (listener: () => void) => () => void;
}

// The browser's clock may be wrong, so it only measures elapsed time.
function createClock(startAt: number): Clock {
  const startedHere = Date.now();
  let now = startAt;
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    now = startAt + (Date.now() - startedHere);
    for (const listener of listeners) listener();
  };
  return {
    startAt,
    now: () => now,
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, 1000);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

const ClockContext = createContext<Clock | null>(null);

/** `startAt` is the server's time of rendering, so that the first render matches. */
export function ClockProvider({ startAt, children }: { startAt: number; children: ReactNode }) {
  const [clock] = useState(() => createClock(startAt));
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** A text that depends on time. Re-renders only when the text changes. */
export function useTicking(format: (now: number) => string): string {
  const clock = useContext(ClockContext);
  if (clock === null) throw new Error("useTicking is used outside of a ClockProvider.");
  return useSyncExternalStore(
    clock.subscribe,
    () => format(clock.now()),
    () => format(clock.startAt),
  );
}

export function useClock(): () => number {
  const clock = useContext(ClockContext);
  if (clock === null) throw new Error("useClock is used outside of a ClockProvider.");
  return clock.now;
}

export function Ticking({ format, at }: { format: (now: number) => string; at?: string | null }) {
  const text = useTicking(format);
  if (at === null || at === undefined) return text;
  return (
    <time dateTime={at} data-at={at} className="whitespace-nowrap">
      {text}
    </time>
  );
}
