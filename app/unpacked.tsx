"use client";

import { type DehydratedState, HydrationBoundary } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { unpacked } from "#lib/client/http/packed.ts";

export function Unpacked({ state, children }: { state: unknown; children: ReactNode }) {
  const whole = useMemo(() => unpacked(state) as DehydratedState, [state]);
  return <HydrationBoundary state={whole}>{children}</HydrationBoundary>;
}
