import type { QueryClient } from "@tanstack/react-query";
import type { SnapshotEvent, StreamEvent } from "#lib/api/stream.ts";
import type { Store } from "#lib/client/browser/store.ts";
import { codeOf } from "#lib/client/http/client-error.ts";
import { late } from "#lib/client/http/late.ts";
import { keys } from "#lib/client/http/queries.ts";
import { openPlans, openResets, resetLists } from "#lib/client/http/reset-keys.ts";
import { takeReset } from "#lib/client/resets/take-reset.ts";
import type * as MergeSnapshot from "./merge-snapshot.ts";
import type { StreamState } from "./stream-state.ts";
import { type EventName, type Source, UpdateStream } from "./update-stream.ts";

export function openStream(refreshSeconds: number, state: Store<StreamState>): UpdateStream {
  return new UpdateStream({
    state,
    open: (url) => new EventSource(url) as unknown as Source,
    parse: parseEvent,
    now: Date.now,
    silenceMs: Math.max(30_000, refreshSeconds * 4_000),
  });
}

export type Merging = typeof MergeSnapshot;

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

/** Snapshots go to the page, with what merges them into its data; the rest goes into the cache directly. */
export function takeEvent(
  client: QueryClient,
  { event, data }: StreamEvent,
  apply: (event: SnapshotEvent, merging: Merging) => unknown,
): void {
  if (event === "reset") takeReset(client, data);
  else if (event === "configuration") void client.invalidateQueries();
  else if (merging !== null) apply(data, merging);
}

/** Snapshots are sent at once; resets and the configuration only tell of their next change. */
export function afterOpening(client: QueryClient): void {
  void client.invalidateQueries(openResets);
  void client.invalidateQueries(resetLists);
  void client.invalidateQueries(openPlans);
  void client.invalidateQueries({ queryKey: keys.configuration() });
}
