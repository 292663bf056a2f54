import { ClientError, unreachable } from "./client-error.ts";
import { askVersion, pageVersion } from "./new-version.ts";

/**
 * Loads a later part of the app. A part that the server no longer has is reported once, above the page, and
 * leaves the screen as it is.
 * @throws ClientError `unreachable`, `newVersion`, `partMissing`
 */
export async function late<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw isPartMissing(cause) ? await explainMissingPart(cause) : cause;
  }
}

/** The bundler's error after its second attempt. */
export function isPartMissing(error: unknown): boolean {
  return error instanceof Error && error.name === "ChunkLoadError";
}

export async function explainMissingPart(cause: unknown): Promise<ClientError> {
  const version = await askVersion();
  if (version === "unreachable") return unreachable(cause);
  if (version === "new") {
    return new ClientError(
      "newVersion",
      "A new version of the dashboard is running, without this part of the page. Reload the page.",
      { cause },
    );
  }
  if (pageVersion.get() === "same") pageVersion.set("incomplete");
  return new ClientError("partMissing", "This part of the page could not be loaded. Reload the page.", {
    cause,
  });
}
