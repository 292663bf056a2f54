import type { Fault } from "#lib/api/errors.ts";
import { AppError } from "#lib/core/app-error.ts";

const sqliteWords: Record<number, string> = {
  5: "another program holds it locked",
  6: "another program holds it locked",
  8: "it can't be written: the file, its folder or the disk is read-only",
  10: "the disk reports errors",
  11: "the file is damaged; move it away, and a new one is made",
  13: "the disk is full",
  14: "the file can't be opened: the folder is missing, or no rights to it",
  26: "the file is no database; move it away, and a new one is made",
};
const otherWords: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection broke",
  ENOTFOUND: "its host name is not known",
  ETIMEDOUT: "it does not answer",
  EACCES: "no rights to the folder",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
  ENOTDIR: "the folder's path leads through a file",
  EEXIST: "the folder's path is a file",
  "28P01": "user or password is wrong",
  "28000": "this user may not connect",
  "3D000": "there is no such database",
  "42501": "this user may not do that there; give it the right to create tables",
  "53100": "the server's disk is full",
  "53300": "the server has too many connections",
  "25006": "the server takes no writes just now",
  "55000": "it takes no connections",
  "57014": "the statement took too long",
  "57P01": "the server was stopped",
  "57P03": "the server is starting up",
};

export function toHistoryFault(error: unknown): Fault {
  const { errcode, code } = (error ?? {}) as { errcode?: unknown; code?: unknown };
  const known =
    (typeof errcode === "number" ? sqliteWords[errcode & 0xff] : undefined) ??
    (typeof code === "string" ? otherWords[code] : undefined);
  const why = known ?? `it failed with ${nameOf(error, code)}`;
  return {
    code: "historyUnavailable",
    message: `The history's database can't be used: ${why}. What is shown comes from memory; writing goes on by itself.`,
  };
}

/**
 * PostgreSQL's classes 22 (data) and 23 (constraints), and SQLite's equivalents: a retry fails the same way.
 */
const refusedByPostgres = /^2[23]...$/;
const refusedBySqlite: readonly unknown[] = [18, 19, 20];

export function isRefused(error: unknown): boolean {
  const { errcode, code } = (error ?? {}) as { errcode?: unknown; code?: unknown };
  if (typeof errcode === "number") return refusedBySqlite.includes(errcode & 0xff);
  return typeof code === "string" && refusedByPostgres.test(code);
}

export function refusedFault(hub: string, error: unknown): Fault {
  return {
    code: "historyUnavailable",
    message: `The history's database refuses what was read of ${hub} (${nameOf(error, (error as { code?: unknown }).code)}): that is left out.`,
  };
}

export function toHistoryError(error: unknown): AppError {
  const { code, message } = toHistoryFault(error);
  return new AppError(code, message, { retryable: true, cause: error });
}

function nameOf(error: unknown, code: unknown): string {
  if (typeof code === "string" && code !== "ERR_SQLITE_ERROR") return code;
  return error instanceof Error ? error.message : "an unknown fault";
}
