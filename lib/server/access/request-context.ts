import { AsyncLocalStorage } from "node:async_hooks";
import { AppError } from "#lib/core/app-error.ts";
import type { DeviceSignIns } from "#lib/server/access/sign-in/device-sign-in.ts";
import type { Onward } from "#lib/server/access/sign-in/sign-in.ts";
import type { AdmittedCaller } from "./caller.ts";
import type { Refusal } from "./refusals.ts";
import type { StreamRoom } from "./stream-budget.ts";

export interface RequestContext {
  caller: AdmittedCaller | null;
  refused(refusal: Omit<Refusal, "actor" | "subject">): void;
  limit(action: string, perMinute: number): void;
  signOut(): Promise<Onward>;
  canSignOut: boolean;
  /** Null: people don't sign in at an issuer here. */
  devices: DeviceSignIns | null;
  address: string;
  streamRoom: StreamRoom | null;
}

// The http server and Next's bundle have their own instances of this module; globalThis is shared.
const key = Symbol.for("tidemark.request");
const world = globalThis as { [key]?: AsyncLocalStorage<RequestContext> };

function storage(): AsyncLocalStorage<RequestContext> {
  world[key] ??= new AsyncLocalStorage<RequestContext>();
  return world[key];
}

export function withRequest<T>(context: RequestContext, answer: () => T): T {
  return storage().run(context, answer);
}

export function throughTool({ caller, refused, ...context }: RequestContext): RequestContext {
  return {
    ...context,
    caller: caller && { ...caller, via: "tool" },
    refused: (refusal) => refused({ ...refusal, via: "tool" }),
  };
}

export function currentRequest(): RequestContext {
  const context = storage().getStore();
  if (context === undefined) {
    throw new AppError("internal", "Nobody asks: this is only answered within a request to the dashboard.");
  }
  return context;
}

export function currentStreamRoom(): StreamRoom {
  const { streamRoom } = currentRequest();
  if (streamRoom === null) throw new AppError("internal", "The door has let no stream in with this request.");
  return streamRoom;
}
