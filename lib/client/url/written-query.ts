import { createStore, type Store } from "#lib/client/browser/store.ts";
import { withQuery } from "./parsers.ts";

/** Browsers refuse to write an address much more often. */
const pauseMs = 60;

export interface Place {
  pathname: string;
  search: string;
  hash: string;
}

/** A query that the page shows already, and that the router tells it of a moment later. */
interface Written {
  path: string;
  query: string;
  isInAddress: boolean;
}

export interface WrittenQuery {
  state: Store<Written | null>;
  /** Shows what `change` makes of the query at once; the address follows, at the latest after a pause. */
  write: (change: (query: string) => string, isStep: boolean) => void;
  /** To be called with what the router has: once it is there, or the reader elsewhere, that alone counts. */
  settle: (query: string) => void;
  /** The reader went back or forth, perhaps to what the router never left. */
  forget: () => void;
}

/** `go` writes the address: as a step that leads back here, or in place of this one. */
export function createWrittenQuery(
  place: () => Place,
  go: (url: string, isStep: boolean) => void,
  now: () => number,
): WrittenQuery {
  const state = createStore<Written | null>(null);
  let lastAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = (isStep: boolean) => {
    clearTimeout(timer);
    timer = undefined;
    const written = state.get();
    if (written === null) return;
    const { pathname, hash } = place();
    if (written.path !== pathname) {
      state.set(null);
      return;
    }
    lastAt = now();
    go(withQuery(pathname, written.query) + hash, isStep);
    state.set({ ...written, isInAddress: true });
  };

  return {
    state,
    write(change, isStep) {
      const { pathname, search } = place();
      const before = state.get();
      const shown = before?.path === pathname ? before.query : new URLSearchParams(search).toString();
      const query = change(shown);
      // A step to where one is would have to be gone back twice.
      if (query === shown) return;
      state.set({ path: pathname, query, isInAddress: false });
      const rest = lastAt + pauseMs - now();
      if (isStep || rest <= 0) flush(isStep);
      else timer ??= setTimeout(() => flush(false), rest);
    },
    settle(query) {
      const written = state.get();
      if (!written?.isInAddress) return;
      const { pathname, search } = place();
      const isThere = pathname === written.path && new URLSearchParams(search).toString() === written.query;
      if (!isThere || query === written.query) state.set(null);
    },
    forget() {
      clearTimeout(timer);
      timer = undefined;
      state.set(null);
    },
  };
}
