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
