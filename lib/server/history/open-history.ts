import { History, type HistoryOptions } from "#lib/history/history.ts";
import type { Config } from "#lib/server/config/config.ts";
import { log } from "#lib/server/http/log.ts";

const dayMs = 86_400_000;

export function openHistory(
  { history, refreshSeconds }: Config,
  { samplerOf, isWatched }: Required<Pick<HistoryOptions, "samplerOf" | "isWatched">>,
): Promise<History> {
  const { databaseUrl, dataDir } = history;
  return History.open({
    address:
      databaseUrl === null ? { kind: "sqlite", folder: dataDir } : { kind: "postgres", url: databaseUrl },
    refreshSeconds,
    samplerOf,
    isWatched,
    retention: {
      rawMs: history.rawDays * dayMs,
      minutesMs: history.minuteDays * dayMs,
      hoursMs: history.hourDays * dayMs,
    },
    onFault: (fault) => {
      if (fault === null) log.info("The history is written again.");
      else log.warn({ code: fault.code }, fault.message);
    },
  });
}
