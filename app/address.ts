import { notFound } from "next/navigation";
import { AppError } from "#lib/core/app-error.ts";

/** A part of a page's address as text; one that is no valid encoding leads nowhere. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    notFound();
  }
}

/** What the address names, or the page for names that nothing has. */
export function found<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.code === "notFound") notFound();
    throw error;
  }
}

/**
 * What the address names, where that takes asking the history: null where it does not answer just now, which the
 * page then says itself.
 */
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
 * What a part of the address names, for a title. Metadata is handed its parts decoded already, unlike the page:
 * so the part as it stands goes first, and decoding it again only where nothing is called that.
 */
export function nameIn(part: string, read: (name: string) => string): string {
  for (const name of [() => part, () => decodeURIComponent(part)]) {
    try {
      return read(name());
    } catch {
      // Nothing is called that; the page itself says so.
    }
  }
  return part;
}
