import pino from "pino";

/** One JSON object a line on standard error, so that standard output stays for people. */
export const log = pino(
  {
    level: process.env.TIDEMARK_LOG_LEVEL ?? "info",
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  },
  pino.destination(2),
);
