import pino from "pino";
import { readLogLevel } from "../config/log-level.ts";

export const log = pino(
  {
    // A wrong level is reported with the configuration's faults; earlier logging must not fail on it.
    level: readLogLevel(process.env, () => {}),
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  },
  pino.destination(2),
);
