import { createStore } from "#lib/client/browser/store.ts";

/** `new`: the server runs another build. `incomplete`: it runs this build, but a part is missing. */
export type PageVersion = "same" | "new" | "incomplete";

export const pageVersion = createStore<PageVersion>("same");

const timeLimitMs = 10_000;

export const buildAttribute = "data-build";

export async function askVersion(): Promise<"same" | "new" | "unreachable"> {
  const build = document.documentElement.getAttribute(buildAttribute);
  const found = await isServed(`/_next/static/${build}/_buildManifest.js`);
  if (found === null) return "unreachable";
  if (found) return "same";
  pageVersion.set("new");
  return "new";
}

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
