import type { Store } from "#lib/client/browser/store.ts";
import { codeOf } from "#lib/client/http/client-error.ts";
import { createStreamState, type StreamPhase, type StreamState } from "./stream-state.ts";
import type { UpdateStream, Watch } from "./update-stream.ts";

export interface Stream extends Pick<UpdateStream, "watch" | "pause" | "leave" | "resume" | "comeBack"> {
  readonly state: Store<StreamState>;
  noteOld: (hasOld: boolean) => void;
}

const retryMs = 3_000;

/**
 * A stream that loads when it's first watched, after the page. What is asked of it before stands in its state, from
 * which it starts. `load` rejects with `unreachable` or `partMissing` if it may still come: the server may be back
 * between the two questions.
 */
export function lateStream(load: (state: Store<StreamState>) => Promise<UpdateStream>): Stream {
  const state = createStreamState();
  let stream: UpdateStream | null = null;
  let isLoading = false;
  let early: { watch: Watch; end: () => void } | null = null;
  const change = (changes: Partial<StreamState>) => state.set({ ...state.get(), ...changes });
  const become = (phase: StreamPhase) => change({ phase, since: Date.now() });
  const isHeld = () => /^(paused|away)$/.test(state.get().phase);

  const start = () => {
    load(state).then(
      (loaded) => {
        stream = loaded;
        if (state.get().outdated) change({ outdated: false });
        if (early !== null) early.end = stream.watch(early.watch);
      },
      (error: unknown) => {
        const code = codeOf(error);
        if (code !== "unreachable") change({ outdated: true });
        else if (!isHeld()) become("reconnecting");
        if (code === "unreachable" || code === "partMissing") setTimeout(start, retryMs);
      },
    );
  };

  return {
    state,
    watch(watch) {
      if (stream !== null) return stream.watch(watch);
      const mine = {
        watch,
        end: () => {
          if (early === mine) early = null;
          if (early === null && !isHeld()) become("idle");
        },
      };
      early = mine;
      if (!isHeld()) become("connecting");
      if (!isLoading) start();
      isLoading = true;
      return () => mine.end();
    },
    pause: () => (stream === null ? become("paused") : stream.pause()),
    leave() {
      if (stream !== null) stream.leave();
      else if (state.get().phase !== "paused") become("away");
    },
    resume: () => (stream === null ? become(early === null ? "idle" : "connecting") : stream.resume()),
    comeBack() {
      if (stream !== null) stream.comeBack();
      else if (state.get().phase === "away") become(early === null ? "idle" : "connecting");
    },
    noteOld(hasOld) {
      if (state.get().hasOld !== hasOld) change({ hasOld });
    },
  };
}
