import { runtime } from "../runtime.ts";
import type { RouteInput } from "./route.ts";
import { WireCache } from "./wire.ts";

// Each route of Next's bundle has an instance of this module; globalThis is the same for all.
const key = Symbol.for("tidemark.wire");
const world = globalThis as { [key]?: WireCache };

/**
 * Answers from the snapshots alone. The bytes are made once for all callers with the same grants, and an
 * unchanged answer is reported as such.
 * @param what the operation's id
 */
export function fromSnapshot(
  { request, params, query, caller }: RouteInput<unknown, unknown, unknown>,
  what: string,
  make: () => unknown,
): Response {
  world[key] ??= new WireCache();
  return world[key].answer(request, {
    key: JSON.stringify([what, params, query, caller.grants]),
    version: runtime().snapshotVersion(),
    make,
  });
}
