"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { SnapshotEvent, StreamEvent, StreamQuery } from "#lib/api/stream.ts";
import type { Store } from "#lib/client/browser/store.ts";
import { late } from "#lib/client/http/late.ts";
import { askVersion } from "#lib/client/http/new-version.ts";
import { keys } from "#lib/client/http/queries.ts";
import { lateStream, type Stream } from "./late-stream.ts";
import type * as Live from "./live.ts";
import type { StreamState } from "./stream-state.ts";

export interface StreamContextValue {
  stream: Stream;
  refreshSeconds: number;
  isSessionOver: Store<boolean>;
}

export const StreamContext = createContext<StreamContextValue | null>(null);

export function useStream(): StreamContextValue {
  const value = useContext(StreamContext);
  if (value === null) throw new Error("useStream is used outside of the root layout.");
  return value;
}

/** Loaded with the stream, so it is there before the first event. */
let live: typeof Live | null = null;

export function createBrowserStream(refreshSeconds: number): Stream {
  return lateStream(async (state) => {
    const [loaded] = await late(() => Promise.all([import("./live.ts")]));
    live = loaded;
    return loaded.openStream(refreshSeconds, state);
  });
}

const atFirst: StreamState = { phase: "connecting", since: 0, outdated: false, hasOld: false };

export function useStreamState(): StreamState {
  const { stream } = useStream();
  return useSyncExternalStore(stream.state.subscribe, stream.state.get, () => atFirst);
}

export function useSessionOver(): boolean {
  const { isSessionOver } = useStream();
  return useSyncExternalStore(isSessionOver.subscribe, isSessionOver.get, () => false);
}

/**
 * Follows the stream while the page is shown and passes on snapshots, with what merges them into the page's
 * data. Resets go into the cache directly.
 */
export function useStreamUpdates(
  query: StreamQuery,
  apply: (event: SnapshotEvent, merging: Live.Merging) => unknown,
): void {
  const { stream } = useStream();
  const client = useQueryClient();
  const onEvent = useEffectEvent((event: StreamEvent) => live?.takeEvent(client, event, apply));
  const { hub, group, store, hubPartitions } = query;
  useEffect(() => {
    const changes = group === undefined ? undefined : "true";
    const asked = { hub, group, store, hubPartitions, changes };
    const wanted = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    return stream.watch({
      query: wanted as StreamQuery,
      onEvent: (event) => onEvent(event),
      onOpen: () => live?.afterOpening(client),
      onResume: () => {
        void client.invalidateQueries({ queryKey: keys.all });
        void askVersion();
      },
    });
  }, [stream, client, hub, group, store, hubPartitions]);
}
