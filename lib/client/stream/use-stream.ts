"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { SnapshotEvent, StreamEvent, StreamQuery } from "#lib/api/stream.ts";
import type { Store } from "#lib/client/browser/store.ts";
import { codeOf } from "#lib/client/http/client-error.ts";
import { late } from "#lib/client/http/late.ts";
import { askVersion } from "#lib/client/http/new-version.ts";
import { keys } from "#lib/client/http/queries.ts";
import { openPlans, openResets } from "#lib/client/http/reset-keys.ts";
import { takeReset } from "#lib/client/resets/take-reset.ts";
import type * as MergeSnapshot from "./merge-snapshot.ts";
import { type EventName, type Source, type StreamState, UpdateStream } from "./update-stream.ts";

export interface StreamContextValue {
  stream: UpdateStream;
  refreshSeconds: number;
  isSessionOver: Store<boolean>;
}

export const StreamContext = createContext<StreamContextValue | null>(null);

export function useStream(): StreamContextValue {
  const value = useContext(StreamContext);
  if (value === null) throw new Error("useStream is used outside of the root layout.");
  return value;
}

export function createBrowserStream(refreshSeconds: number): UpdateStream {
  return new UpdateStream({
    open: (url) => new EventSource(url) as unknown as Source,
    parse: parseEvent,
    now: Date.now,
    silenceMs: Math.max(30_000, refreshSeconds * 4_000),
  });
}

type Merging = typeof MergeSnapshot;

/** Loaded with the parser, so it is there before the first event. */
let merging: Merging | null = null;

/** Null also if the server no longer has the parser; rejects if it may still load. */
async function parseEvent(name: EventName, data: string): Promise<StreamEvent | null> {
  const parts = await late(() =>
    Promise.all([
      import("#lib/client/http/check.ts"),
      import("#lib/api/stream.ts"),
      import("#lib/api/resets.ts"),
      import("./merge-snapshot.ts"),
    ]),
  ).catch((error: unknown) => {
    if (codeOf(error) === "unreachable") throw error;
    return null;
  });
  if (parts === null) return null;
  const [{ check }, { configurationEventSchema, snapshotEventSchema }, { resetSchema }] = parts;
  merging = parts[3];
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
  apply: (event: SnapshotEvent, merging: Merging) => unknown,
): void {
  const { stream } = useStream();
  const client = useQueryClient();
  const onEvent = useEffectEvent(({ event, data }: StreamEvent) => {
    if (event === "reset") takeReset(client, data);
    else if (event === "configuration") void client.invalidateQueries();
    else if (merging !== null) apply(data, merging);
  });
  const { hub, group, store, hubPartitions } = query;
  useEffect(() => {
    const changes = group === undefined ? undefined : "true";
    const asked = { hub, group, store, hubPartitions, changes };
    const wanted = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    return stream.watch({
      query: wanted as StreamQuery,
      onEvent: (event) => onEvent(event),
      // Snapshots are sent at once; resets and the configuration only tell of their next change.
      onOpen: () => {
        void client.invalidateQueries(openResets);
        void client.invalidateQueries(openPlans);
        void client.invalidateQueries({ queryKey: keys.configuration() });
      },
      onResume: () => {
        void client.invalidateQueries({ queryKey: keys.all });
        void askVersion();
      },
    });
  }, [stream, client, hub, group, store, hubPartitions]);
}
