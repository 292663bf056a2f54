import type { Engine } from "./storage/engine.ts";

/** Runs queries on the open database. What fails rejects with an AppError `historyUnavailable`. */
export type UseEngine = <T>(work: (engine: Engine) => Promise<T>) => Promise<T>;
