import { resolve } from "node:path";
import { Secret } from "#lib/core/secret.ts";
import type { HistoryConfig } from "./config.ts";
import type { Environment } from "./substitute.ts";

const defaultFolder = ".tidemark";

/** Reads from the environment where the history is kept. Never repeats a URL, which holds a password. */
export function readDatabaseAddress(
  env: Environment,
  report: (problem: string) => void,
): Pick<HistoryConfig, "dataDir" | "databaseUrl"> {
  const dataDir = resolve(env.TIDEMARK_DATA_DIR?.trim() || defaultFolder);
  const text = env.DATABASE_URL?.trim() ?? "";
  if (text === "") return { dataDir, databaseUrl: null };
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol))
    report("DATABASE_URL: must be a URL of PostgreSQL, such as postgres://user:password@host:5432/database");
  return { dataDir, databaseUrl: new Secret(text) };
}
