"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { type Changes, changeQuery, type Parsers, readQuery, type ValuesOf } from "./parsers.ts";
import { createWrittenQuery } from "./written-query.ts";

// The router takes over what is written to the history, in a transition of its own: too late for a field.
const { state, settle, write, forget } = createWrittenQuery(
  () => window.location,
  (url, isStep) => window.history[isStep ? "pushState" : "replaceState"](null, "", url),
  Date.now,
);

type Change<P extends Parsers> = (changes: Changes<P>, options?: { isStep?: boolean }) => void;

/**
 * A page's state in its query, of which `parsers` (made once) name the keys. A change replaces the address,
 * or adds one with `isStep`, so that the back button leads out.
 */
export function useQueryState<P extends Parsers>(parsers: P): [values: ValuesOf<P>, change: Change<P>] {
  const path = usePathname();
  const known = useSearchParams().toString();
  const own = useSyncExternalStore(state.subscribe, state.get, () => null);
  useEffect(() => {
    window.addEventListener("popstate", forget);
    return () => window.removeEventListener("popstate", forget);
  }, []);
  useEffect(() => {
    if (own !== null) settle(known);
  }, [known, own]);
  const query = own?.path === path ? own.query : known;
  const values = useMemo(() => readQuery(parsers, new URLSearchParams(query)), [parsers, query]);
  const change = useCallback<Change<P>>(
    (changes, { isStep = false } = {}) => write((before) => changeQuery(before, parsers, changes), isStep),
    [parsers],
  );
  return [values, change];
}
