import { expect, test } from "@playwright/test";
import type { Overview } from "#lib/api/overview.ts";
import { startDemo } from "#tests/support/worlds/demo.ts";

/** The status that each demo group is made for and the page's words for it, losses included. */
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

test("each group of the demo reaches the status that it is made for", async ({ page }) => {
  test.setTimeout(200_000);
  const { url, child } = await startDemo();
  try {
    await page.goto(url);
    const rows = page.getByRole("region", { name: "Consumer groups" }).getByRole("row");
    const reached = new Set<string>();
    // On a busy machine statuses change, so each group's status only has to be seen once.
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
