import type { Engine } from "./storage/engine.ts";

/** Runs queries on the open database. Failures reject with an AppError `historyUnavailable`. */
export type UseEngine = <T>(work: (engine: Engine) => Promise<T>) => Promise<T>;
