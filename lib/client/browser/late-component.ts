"use client";

import {
  type ComponentType,
  createElement,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useSyncExternalStore,
} from "react";
import { createStore, type Store } from "#lib/client/browser/store.ts";
import { late } from "#lib/client/http/late.ts";
import { useStreamState } from "#lib/client/stream/use-stream.ts";

interface PartState<P> {
  Component: ComponentType<P> | null;
  isLoading: boolean;
  error: Error | null;
}

interface Part<P> {
  state: Store<PartState<P>>;
  start: () => void;
  /** To be called when it is gone. */
  show: () => () => void;
  loading: (props: P) => ReactNode;
  failed: (error: Error, tryAgain: () => void, props: P) => ReactNode;
}

const atFirst = { Component: null, isLoading: false, error: null };

/**
 * A component that is loaded when first shown. On failure `failed` takes its place and nothing else changes;
 * it loads again when next shown, or once the server is back. `preload` is for when it's likely to be shown.
 */
export function lateComponent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  loading: Part<P>["loading"],
  failed: Part<P>["failed"],
): ComponentType<P> & { preload: () => void } {
  let shown = 0;
  const state = createStore<PartState<P>>(atFirst);
  const start = () => {
    const { Component, isLoading } = state.get();
    if (Component !== null || isLoading) return;
    state.set({ ...atFirst, isLoading: true });
    late(load).then(
      (loaded) => state.set({ ...atFirst, Component: loaded }),
      (error: Error) => state.set(shown === 0 ? atFirst : { ...atFirst, error }),
    );
  };
  const show = () => {
    shown += 1;
    start();
    return () => {
      shown -= 1;
      // Else it would fail at once when next shown, before that try's answer.
      if (shown === 0 && state.get().error !== null) state.set(atFirst);
    };
  };
  const part: Part<P> = { state, start, show, loading, failed };
  return Object.assign((props: P) => createElement(Late<P>, { part, props }), { preload: start });
}

function Late<P extends object>({ part, props }: { part: Part<P>; props: P }) {
  const { state, start, show, loading, failed } = part;
  const { Component, error } = useSyncExternalStore(state.subscribe, state.get, () => atFirst);
  const isLive = useStreamState().phase === "live";
  const onLive = useEffectEvent(() => {
    if (state.get().error !== null) start();
  });
  useEffect(() => show(), [show]);
  useEffect(() => {
    if (isLive) onLive();
  }, [isLive]);
  if (Component !== null) return createElement(Component, props);
  return error === null ? loading(props) : failed(error, start, props);
}
