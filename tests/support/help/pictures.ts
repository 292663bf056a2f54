import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Browser, chromium } from "@playwright/test";
import { pictureSize } from "#lib/client/help/picture-size.ts";
import { startDemo } from "#tests/support/worlds/demo.ts";
import { findBrowser } from "../../../lib/bootstrap/find-browser.mjs";

// `npm run pictures [-- SECONDS]`: takes the pictures of README and help, light and dark, after the demo has
// run for so many seconds.
const seconds = Number(process.argv[2] ?? 240);
const folder = join(import.meta.dirname, "../../../public/help");
const stopped = "/event-hubs/orders/consumer-groups/archive";
const shared = "/event-hubs/telemetry/consumer-groups/enrich";

async function take(browser: Browser, url: string, colorScheme: "light" | "dark", name: string) {
  const page = await browser.newPage({
    viewport: pictureSize,
    colorScheme,
    reducedMotion: "reduce",
  });
  await page.goto(url, { waitUntil: "load" });
  await page.getByRole("main").waitFor();
  // The charts load by themselves within this time.
  await pause(3_000);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 85 });
  writeFileSync(join(folder, `${name}-${colorScheme}.webp`), Buffer.from(data, "base64"));
  await page.close();
}

async function planReset(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1${stopped}/resets/preview`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ partitions: "all", target: { kind: "shift", by: -1_000 } }),
  });
  const { planId } = (await response.json()) as { planId?: string };
  if (planId === undefined) throw new Error(`No plan was made: ${response.status}.`);
  return `/resets/plans/${planId}`;
}

mkdirSync(folder, { recursive: true });
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const { url, child } = await startDemo();
console.log(`pictures: the demo's world runs for ${seconds} s first …`);
await pause(seconds * 1_000);
const paths = {
  overview: "/",
  group: shared,
  owners: `${shared}?tab=owners`,
  review: await planReset(url),
};
for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, path] of Object.entries(paths)) await take(browser, url + path, colorScheme, name);
}
await browser.close();
child.kill("SIGTERM");
await new Promise((resolve) => child.once("exit", resolve));
console.log(`pictures: all in ${folder}`);
