"use client";

import { Ticking } from "#components/ui/clock.tsx";
import { useTimes } from "#lib/client/format/use-times.ts";
import { type Losses, lostSinceText } from "#lib/client/lag/lost-words.ts";

export function LostSince({ of }: { of: Losses }) {
  const times = useTimes();
  if ((of.lostEventsTotal ?? 0) === 0) return null;
  return <Ticking at={of.lostEventsSince} format={(now) => lostSinceText(of, times, now) ?? ""} />;
}
