import pino from "pino";
import { readLogLevel } from "../config/log-level.ts";

/** One JSON object a line on standard error, so that standard output stays for people. */
export const log = pino(
  {
    // One that is none is told with the configuration's other faults; what logs before that must not fail of it.
    level: readLogLevel(process.env, () => {}),
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  },
  pino.destination(2),
);
