import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";

const chunks = join(import.meta.dirname, "../../../.next/static/chunks");

const all = "**/_next/static/chunks/*.js";

/** Holds the scripts that load from now on back until it's called. */
export async function holdScripts(page: Page, scripts: string | RegExp = all): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(scripts, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** The addresses of the scripts that have this text: pages of different kinds may have one of their own. */
export async function scriptsWith(text: string): Promise<RegExp> {
  const names = (await readdir(chunks)).filter((name) => name.endsWith(".js"));
  const texts = await Promise.all(names.map((name) => readFile(join(chunks, name), "utf8")));
  const found = names.filter((_, n) => texts[n]?.includes(text));
  expect(found).not.toEqual([]);
  return new RegExp(`/(?:${found.map(RegExp.escape).join("|")})$`);
}
