"use client";

import { useEffect, useEffectEvent, useId } from "react";
import { createStore } from "./store.ts";

export interface PageAction {
  id: string;
  name: string;
  /** Where, if the name alone doesn't say. */
  what: string;
  run: () => void;
}

/** What the controls of the shown page offer in the palette. */
export const offeredActions = createStore<readonly PageAction[]>([]);

/**
 * Offers in the palette what a control does, while it is shown and may be used; null: it may not. Only for
 * what asks before it changes anything, since one Enter runs it.
 */
export function usePageAction(name: string | null, run: () => void, what = "action"): void {
  const id = useId();
  const onRun = useEffectEvent(run);
  useEffect(() => {
    if (name === null) return;
    const action = { id, name, what, run: () => onRun() };
    offeredActions.set([...offeredActions.get(), action]);
    return () => offeredActions.set(offeredActions.get().filter((one) => one !== action));
  }, [id, name, what]);
}
