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
    if (!isPartMissing(cause)) throw cause;
    const version = await askVersion();
    if (version !== "same") throw explain(version, cause);
    // The server may have come back between the two.
    try {
      return await load();
    } catch (again) {
      throw isPartMissing(again) ? explain(version, again) : again;
    }
  }
}

/** The bundler's error after its second attempt. */
export function isPartMissing(error: unknown): boolean {
  return error instanceof Error && error.name === "ChunkLoadError";
}

export async function explainMissingPart(cause: unknown): Promise<ClientError> {
  return explain(await askVersion(), cause);
}

function explain(version: Awaited<ReturnType<typeof askVersion>>, cause: unknown): ClientError {
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
