import { createStore } from "#lib/client/browser/store.ts";

/** `new`: the server runs another build than this page. `incomplete`: it runs this one, and a part of it is missing. */
export type PageVersion = "same" | "new" | "incomplete";

/** What is known of this page against the server that it came from. One for the tab: it holds until a reload. */
export const pageVersion = createStore<PageVersion>("same");

const timeLimitMs = 10_000;

/** Where the page says which build it is of; the root layout writes it. */
export const buildAttribute = "data-build";

/** Asks the server whether it still runs the build of this page. `unreachable`: it did not answer that. */
export async function askVersion(): Promise<"same" | "new" | "unreachable"> {
  const build = document.documentElement.getAttribute(buildAttribute);
  const found = await isServed(`/_next/static/${build}/_buildManifest.js`);
  if (found === null) return "unreachable";
  if (found) return "same";
  pageVersion.set("new");
  return "new";
}

/** Null: no answer, or none that says whether the file is there. */
async function isServed(path: string): Promise<boolean | null> {
  try {
    const signal = AbortSignal.timeout(timeLimitMs);
    const { ok, status } = await fetch(path, { method: "HEAD", cache: "no-store", signal });
    if (ok) return true;
    return status === 404 ? false : null;
  } catch {
    return null;
  }
}
