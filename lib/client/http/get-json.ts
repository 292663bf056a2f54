import type { LazySchema } from "./http.ts";
import { late } from "./late.ts";

/** A page is drawn from what it brings with it: what fetches loads with the first fetch. */
export async function getJson<T>(path: string, schema: LazySchema<T>, signal?: AbortSignal): Promise<T> {
  const [http] = await late(() => Promise.all([import("./http.ts")]));
  return http.getJson(path, schema, signal);
}
