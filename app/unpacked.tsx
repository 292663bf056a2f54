"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";
import { unpacked } from "#lib/client/http/packed.ts";

interface Carried {
  at: number;
  data: readonly (readonly [QueryKey, unknown])[];
}

/**
 * Gives the page what it was made from. What the page before has of it changes once this one is shown, unless that
 * is newer.
 */
export function Unpacked({ carried, children }: { carried: unknown; children: ReactNode }) {
  const client = useQueryClient();
  const { at, known } = useMemo(() => {
    const { at, data } = unpacked(carried) as Carried;
    const isKnown = ([key]: readonly [QueryKey, unknown]) => client.getQueryState(key) !== undefined;
    const known = data.filter(isKnown);
    for (const [key, value] of data)
      if (!known.some(([one]) => one === key)) client.setQueryData(key, value, { updatedAt: at });
    return { at, known };
  }, [client, carried]);
  useEffect(() => {
    for (const [key, value] of known) {
      if ((client.getQueryState(key)?.dataUpdatedAt ?? 0) < at)
        client.setQueryData(key, value, { updatedAt: at });
    }
  }, [client, at, known]);
  return children;
}
