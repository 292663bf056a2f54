import type { Environment } from "./substitute.ts";

const levels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof levels)[number];

const fallback: LogLevel = "info";

export function readLogLevel(env: Environment, report: (problem: string) => void): LogLevel {
  const text = env.TIDEMARK_LOG_LEVEL?.trim().toLowerCase() || fallback;
  const level = levels.find((one) => one === text);
  if (level === undefined) report(`TIDEMARK_LOG_LEVEL: must be one of ${levels.join(", ")}`);
  return level ?? fallback;
}
