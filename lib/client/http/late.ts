import { ClientError, unreachable } from "./client-error.ts";
import { askVersion, pageVersion } from "./new-version.ts";

/**
 * Loads a part of this app that comes after the page. All of them go through here: a part that the server no longer
 * has is told once, above the page, and never takes down what stands on the screen.
 * @throws ClientError `unreachable`, `newVersion`, `partMissing`
 */
export async function late<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw isPartMissing(cause) ? await explainMissingPart(cause) : cause;
  }
}

/** The bundler's own error, after it tried a second time. */
export function isPartMissing(error: unknown): boolean {
  return error instanceof Error && error.name === "ChunkLoadError";
}

/** Finds out why a part could not be loaded, and notes what the page has to say of it. */
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
