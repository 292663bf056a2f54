import { createStore, type Store } from "#lib/client/browser/store.ts";

/** `idle`: the current page follows nothing. `away`: the tab is hidden. */
export type StreamPhase = "idle" | "connecting" | "live" | "reconnecting" | "paused" | "away";

export interface StreamState {
  phase: StreamPhase;
  since: number;
  /** The server sent something unreadable, so it was updated. */
  outdated: boolean;
  hasOld: boolean;
}

export function createStreamState(): Store<StreamState> {
  return createStore<StreamState>({ phase: "idle", since: Date.now(), outdated: false, hasOld: false });
}
