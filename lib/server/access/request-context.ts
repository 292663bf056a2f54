import { AsyncLocalStorage } from "node:async_hooks";
import { AppError } from "#lib/core/app-error.ts";
import type { Onward } from "#lib/server/access/sign-in/sign-in.ts";
import type { AdmittedCaller } from "./caller.ts";
import type { Refusal } from "./refusals.ts";
import type { StreamRoom } from "./stream-budget.ts";

/** What is known of the request that is being answered, and what the door does for those inside. */
export interface RequestContext {
  /** Null: nobody has signed in. */
  caller: AdmittedCaller | null;
  /** Puts a refusal into the activity. */
  refused(refusal: Omit<Refusal, "actor" | "subject">): void;
  /** @throws AppError `tooManyRequests` where the caller did this more often than so in the last minute */
  limit(action: string, perMinute: number): void;
  /** Ends the session that the request came with; answers where to go and the cookies to set. */
  signOut(): Promise<Onward>;
  canSignOut: boolean;
  /** What a stream has to keep within; null: none was asked for. */
  streamRoom: StreamRoom | null;
}

// The http server and Next's bundle have different instances of this module; globalThis is the same for both.
const key = Symbol.for("tidemark.request");
const world = globalThis as { [key]?: AsyncLocalStorage<RequestContext> };

function storage(): AsyncLocalStorage<RequestContext> {
  world[key] ??= new AsyncLocalStorage<RequestContext>();
  return world[key];
}

/** Runs what answers a request; all that it calls, at once or later, finds the context. */
export function withRequest<T>(context: RequestContext, answer: () => T): T {
  return storage().run(context, answer);
}

/** The same request as one that came through a tool: the activity says so. */
export function throughTool({ caller, refused, ...context }: RequestContext): RequestContext {
  return {
    ...context,
    caller: caller && { ...caller, via: "tool" },
    refused: (refusal) => refused({ ...refusal, via: "tool" }),
  };
}

/** @throws AppError `internal` outside of a request */
export function currentRequest(): RequestContext {
  const context = storage().getStore();
  if (context === undefined) {
    throw new AppError("internal", "Nobody asks: this is only answered within a request to the dashboard.");
  }
  return context;
}

/** @throws AppError `internal` where no stream was asked for */
export function currentStreamRoom(): StreamRoom {
  const { streamRoom } = currentRequest();
  if (streamRoom === null) throw new AppError("internal", "The door has let no stream in with this request.");
  return streamRoom;
}
