import { expect, test } from "@playwright/test";
import type { Overview } from "#lib/api/overview.ts";
import { startDemo } from "#tests/support/worlds/demo.ts";

/** The status that each group of the demo is made for, and what the page calls it, losses included. */
const intended: Record<string, { status: string; word: RegExp }> = {
  billing: { status: "ok", word: /Caught up/ },
  "fraud-check": { status: "warn", word: /[Ff]alling behind|About to lose/ },
  archive: { status: "stop", word: /[Ss]topped|About to lose|Events lost/ },
  $Default: { status: "unknown", word: /No checkpoint/ },
  "live-map": { status: "ok", word: /Caught up/ },
  enrich: { status: "ok", word: /Caught up/ },
  alerts: { status: "stall", word: /[Ss]talled/ },
  notify: { status: "ok", word: /Idle/ },
};
const unowned = "archive, whose partitions nobody owns";
const waiting = { timeout: 150_000, intervals: [1_000] };

test("each group of the demo comes to what it is made for", async ({ page }) => {
  // The handler of one stalls after a while only.
  test.setTimeout(200_000);
  const { url, child } = await startDemo();
  try {
    await page.goto(url);
    const rows = page.getByRole("region", { name: "Consumer groups" }).getByRole("row");
    const reached = new Set<string>();
    // A busy machine lets groups swing: each has to be seen as what it is made for, not all at one moment.
    const said = new Set<string>();
    const archive = page.getByRole("listitem").filter({ hasText: "archive" });
    const reach = async () => {
      const { eventHubs }: Overview = await (await page.request.get(`${url}/api/v1/overview`)).json();
      for (const { name, status } of eventHubs.flatMap(({ consumerGroups }) => consumerGroups)) {
        if (status === intended[name]?.status) reached.add(name);
      }
      for (const [name, { word }] of Object.entries(intended)) {
        const row = rows.filter({ has: page.getByRole("link", { name, exact: true }) });
        if (word.test((await row.textContent()) ?? "")) said.add(name);
      }
      if (/nobody owns its partitions/.test((await archive.allTextContents()).join())) said.add(unowned);
      return { reached: [...reached].sort(), said: [...said].sort() };
    };
    const names = Object.keys(intended).sort();
    await expect.poll(reach, waiting).toEqual({ reached: names, said: [...names, unowned].sort() });
    await page.getByRole("link", { name: "Open alerts" }).click();
    const found = page.getByRole("list", { name: "Findings" });
    await expect(found).toContainText(/1 partition stalled\. The last \d+ checkpoints.*Partition 9/);
  } finally {
    child.kill("SIGTERM");
    await new Promise((resolve) => child.once("exit", resolve));
  }
});
