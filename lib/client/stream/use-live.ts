"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { SnapshotEvent, StreamEvent, StreamQuery } from "#lib/api/stream.ts";
import type { Store } from "#lib/client/browser/store.ts";
import { codeOf } from "#lib/client/http/client-error.ts";
import { late } from "#lib/client/http/late.ts";
import { askVersion } from "#lib/client/http/new-version.ts";
import { keys } from "#lib/client/http/queries.ts";
import { takeReset } from "#lib/client/resets/take-reset.ts";
import { type EventName, Live, type LiveState, type Source } from "./live.ts";

export interface LiveContextValue {
  live: Live;
  refreshSeconds: number;
  isSessionOver: Store<boolean>;
}

export const LiveContext = createContext<LiveContextValue | null>(null);

export function useLive(): LiveContextValue {
  const value = useContext(LiveContext);
  if (value === null) throw new Error("useLive is used outside of the LiveProvider of the root layout.");
  return value;
}

export function createBrowserLive(refreshSeconds: number): Live {
  return new Live({
    open: (url) => new EventSource(url) as unknown as Source,
    parse: parseEvent,
    now: Date.now,
    silenceMs: Math.max(30_000, refreshSeconds * 4_000),
  });
}

/** Null also where the part that reads events is gone from the server; rejects where it may still come. */
async function parseEvent(name: EventName, data: string): Promise<StreamEvent | null> {
  const parts = await late(() =>
    Promise.all([
      import("#lib/client/http/check.ts"),
      import("#lib/api/stream.ts"),
      import("#lib/api/resets.ts"),
    ]),
  ).catch((error: unknown) => {
    if (codeOf(error) === "unreachable") throw error;
    return null;
  });
  if (parts === null) return null;
  const [{ check }, { configurationEventSchema, snapshotEventSchema }, { resetSchema }] = parts;
  const json: unknown = JSON.parse(data);
  if (name === "reset") {
    const reset = check(resetSchema, json).data;
    return reset === undefined ? null : { event: name, data: reset };
  }
  if (name === "configuration") {
    const configuration = check(configurationEventSchema, json).data;
    return configuration === undefined ? null : { event: name, data: configuration };
  }
  const snapshot = check(snapshotEventSchema, json).data;
  return snapshot === undefined ? null : { event: name, data: snapshot };
}

const atFirst: LiveState = { phase: "connecting", since: 0, outdated: false, hasOld: false };

export function useLiveState(): LiveState {
  const { live } = useLive();
  return useSyncExternalStore(live.state.subscribe, live.state.get, () => atFirst);
}

/** Whoever looks has to sign in again: what is shown is the last that they were told. */
export function useSessionOver(): boolean {
  const { isSessionOver } = useLive();
  return useSyncExternalStore(isSessionOver.subscribe, isSessionOver.get, () => false);
}

/**
 * Follows the stream that a page needs, while the page is shown, and hands it every snapshot. Steps of resets go
 * into the cache by themselves.
 */
export function useLiveUpdates(query: StreamQuery, apply: (event: SnapshotEvent) => void): void {
  const { live } = useLive();
  const client = useQueryClient();
  const onEvent = useEffectEvent(({ event, data }: StreamEvent) => {
    if (event === "reset") takeReset(client, data);
    // Hubs may have come and gone, and rules and rights be others.
    else if (event === "configuration") void client.invalidateQueries();
    else apply(data);
  });
  const { hub, group, store, hubPartitions } = query;
  useEffect(() => {
    const asked = { hub, group, store, hubPartitions };
    const wanted = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    return live.watch({
      query: wanted as StreamQuery,
      onEvent: (event) => onEvent(event),
      onResume: () => {
        void client.invalidateQueries({ queryKey: keys.all });
        // The server may have been away for an upgrade.
        void askVersion();
      },
    });
  }, [live, client, hub, group, store, hubPartitions]);
}
