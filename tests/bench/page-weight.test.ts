import { chromium } from "@playwright/test";
import { expect, it, onTestFinished } from "vitest";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { findBrowser } from "../../lib/bootstrap/find-browser.mjs";

/** Until nothing more is asked for by itself. */
const restMs = 3_000;

it("sends the pages' scripts within their weights", async () => {
  const world = await startLocalWorld([{ name: "orders", partitionCount: 4, consumerGroups: ["billing"] }]);
  onTestFinished(() => world.stop());
  for (const partition of ["0", "1", "2", "3"]) {
    world.enqueue("orders", partition, 20);
    await world.checkpoint("orders", "billing", partition, 5);
    await world.own("orders", "billing", partition, "owner-a");
  }
  const dashboard = await startDashboard({ refreshSeconds: 10, eventHubs: [world.hubConfig("orders")] });
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

  /**
   * Bytes of scripts as sent, compressed: those that the page names, except the ones for old browsers alone,
   * and all that follow.
   */
  const weigh = async (path: string) => {
    const html = await (await fetch(dashboard.url + path, { headers: { accept: "text/html" } })).text();
    const named = new Set([...html.matchAll(/<script[^>]* src="([^"?]+)/g)].map(([, src = ""]) => src));
    for (const [, src = ""] of html.matchAll(/<script[^>]* src="([^"?]+)[^>]*noModule/g)) named.delete(src);
    const page = await browser.newPage();
    const sizes = new Map<string, Promise<number>>();
    page.on("requestfinished", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith(".js"))
        sizes.set(
          pathname,
          request.sizes().then(({ responseBodySize }) => responseBodySize),
        );
    });
    await page.goto(dashboard.url + path, { waitUntil: "load" });
    await page.waitForTimeout(restMs);
    let atLoad = 0;
    let all = 0;
    for (const [pathname, size] of sizes) {
      const bytes = await size;
      all += bytes;
      if (named.has(pathname)) atLoad += bytes;
    }
    await page.close();
    return { atLoad: atLoad / 1_000, all: all / 1_000, html: html.length / 1_000 };
  };
  for (const path of ["/", "/event-hubs/orders", "/event-hubs/orders/consumer-groups/billing"]) {
    const { atLoad, all, html } = await weigh(path);
    console.log(
      `${path}: scripts at load ${atLoad.toFixed(0)} kB, in all ${all.toFixed(0)} kB; the page ${html.toFixed(0)} kB before compression`,
    );
    expect(atLoad).toBeGreaterThan(100);
  }
});
