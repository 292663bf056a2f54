import { runtime } from "../runtime.ts";
import type { RouteInput } from "./route.ts";
import { WireCache } from "./wire.ts";

// Each route of Next's bundle has an instance of this module; globalThis is the same for all.
const key = Symbol.for("tidemark.wire");
const world = globalThis as { [key]?: WireCache };

/**
 * Answers what is made from the snapshots alone: its bytes are made once for all whose grants are the same, and
 * whoever has them already is told so.
 * @param what the operation's id
 */
export function fromSnapshot(
  { request, params, query, caller }: RouteInput<unknown, unknown, unknown>,
  what: string,
  make: () => unknown,
): Promise<Response> {
  world[key] ??= new WireCache();
  return world[key].answer(request, {
    key: JSON.stringify([what, params, query, caller.grants]),
    version: runtime().snapshotVersion(),
    make,
  });
}
