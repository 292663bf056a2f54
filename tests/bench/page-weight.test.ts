import { get, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { chromium } from "@playwright/test";
import { expect, it, onTestFinished } from "vitest";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { findBrowser } from "../../lib/bootstrap/find-browser.mjs";

/** Until nothing more is asked for by itself. */
const restMs = 3_000;
/** Kilobytes in gzip; what is reached, with a little room. */
const mostKb: Record<string, { atLoad: number; all: number }> = {
  "/": { atLoad: 180, all: 240 },
  "/event-hubs/orders": { atLoad: 192, all: 251 },
  "/event-hubs/orders/consumer-groups/billing": { atLoad: 246, all: 303 },
  // Beyond a hundred partitions its table draws only the rows in view, by more code.
  "/event-hubs/wide/consumer-groups/billing": { atLoad: 246, all: 314 },
};

it("sends the pages' scripts within their weights", async () => {
  const hubs = [
    { name: "orders", partitionCount: 4, consumerGroups: ["billing"] },
    { name: "wide", partitionCount: 128, consumerGroups: ["billing"] },
  ];
  const world = await startLocalWorld(hubs);
  onTestFinished(() => world.stop());
  for (const { name, partitionCount } of hubs) {
    for (let partition = 0; partition < partitionCount; partition += 1) {
      world.enqueue(name, String(partition), 20);
      await world.checkpoint(name, "billing", String(partition), 5);
      await world.own(name, "billing", String(partition), "owner-a");
    }
  }
  const eventHubs = hubs.map(({ name }) => world.hubConfig(name));
  const dashboard = await startDashboard({ refreshSeconds: 10, eventHubs });
  onTestFinished(async () => void (await dashboard.end()));
  await expect
    .poll(async () => (await fetch(`${dashboard.url}/readyz`)).status, { timeout: 60_000 })
    .toBe(200);
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ["--no-sandbox"],
  });
  onTestFinished(() => browser.close());

  /** Those that the page names, except the ones for old browsers alone, and all that follow by themselves. */
  const scriptsOf = async (path: string) => {
    const html = await (await fetch(dashboard.url + path, { headers: { accept: "text/html" } })).text();
    const named = new Set([...html.matchAll(/<script[^>]* src="([^"?]+)/g)].map(([, src = ""]) => src));
    for (const [, src = ""] of html.matchAll(/<script[^>]* src="([^"?]+)[^>]*noModule/g)) named.delete(src);
    const page = await browser.newPage();
    const all = new Set<string>();
    page.on("requestfinished", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith(".js")) all.add(pathname);
    });
    await page.goto(dashboard.url + path, { waitUntil: "load" });
    await page.waitForTimeout(restMs);
    await page.close();
    return { html, all: [...all], atLoad: [...all].filter((pathname) => named.has(pathname)) };
  };
  const weigh = async (pathnames: readonly string[], encoding: string) => {
    const sizes = await Promise.all(pathnames.map((one) => sizeOf(dashboard.url + one, encoding)));
    return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
  };
  for (const [path, most] of Object.entries(mostKb)) {
    const { html, all, atLoad } = await scriptsOf(path);
    const [first, whole] = [await weigh(atLoad, "gzip"), await weigh(all, "gzip")];
    const [firstBr, wholeBr] = [await weigh(atLoad, "br"), await weigh(all, "br")];
    console.log(
      `${path}: scripts at load ${first.toFixed(0)} kB (brotli ${firstBr.toFixed(0)} kB), in all ${whole.toFixed(0)} kB (${wholeBr.toFixed(0)} kB); the page ${(html.length / 1_000).toFixed(0)} kB before compression`,
    );
    expect(firstBr).toBeGreaterThan(100);
    // Else the machine was too slow for what follows to be seen.
    expect(whole - first).toBeGreaterThan(40);
    expect(first, `at load of ${path}`).toBeLessThan(most.atLoad);
    expect(whole, `in all of ${path}`).toBeLessThan(most.all);
  }
});

/** Bytes as sent to every visitor but the first, for whom Next compresses, piece by piece. */
async function sizeOf(url: string, encoding: string): Promise<number> {
  let size = 0;
  const isWhole = async () => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers: { "accept-encoding": encoding } }, resolve).on("error", reject);
    });
    size = (await buffer(answer)).length;
    const { "content-encoding": packing, "content-length": length } = answer.headers;
    return packing === encoding && Number(length) === size;
  };
  await expect.poll(isWhole, { timeout: 30_000 }).toBe(true);
  return size;
}
