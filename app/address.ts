import { notFound } from "next/navigation";
import { AppError } from "#lib/core/app-error.ts";

export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    notFound();
  }
}

export function found<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.code === "notFound") notFound();
    throw error;
  }
}

/** Like `found`, for what the history has. Null: the history does not answer, which the page says. */
export async function foundLater<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code === "notFound") notFound();
    if (error instanceof AppError && error.code === "historyUnavailable") return null;
    throw error;
  }
}

/**
 * The name behind part of the address, for a title. Unlike pages, metadata gets parts already decoded, so
 * they are tried as they are first.
 */
export function nameIn(part: string, read: (name: string) => string): string {
  for (const name of [() => part, () => decodeURIComponent(part)]) {
    try {
      return read(name());
    } catch {
      // No such name; the page says so.
    }
  }
  return part;
}
