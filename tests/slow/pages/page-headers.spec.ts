import { globSync } from "node:fs";
import { join } from "node:path";
import type { ResetPlan } from "#lib/api/resets.ts";
import { expect } from "#tests/e2e/quiet-fixtures.ts";
import { asAdmin, live, markup, test } from "#tests/e2e/sign-in-fixtures.ts";
import { FormBrowser } from "#tests/support/proxies/issuer.ts";

const group = "/event-hubs/orders/consumer-groups/billing";

const addresses: Record<string, (planId: string) => string> = {
  "app/(overview)/page.tsx": () => "/",
  "app/activity/page.tsx": () => "/activity",
  "app/incidents/page.tsx": () => "/incidents",
  "app/event-hubs/[hub]/(hub)/page.tsx": () => "/event-hubs/orders",
  "app/event-hubs/[hub]/diagnosis/page.tsx": () => "/event-hubs/orders/diagnosis",
  "app/event-hubs/[hub]/consumer-groups/[group]/page.tsx": () => group,
  "app/event-hubs/[hub]/consumer-groups/[group]/reset/page.tsx": () => `${group}/reset`,
  "app/help/page.tsx": () => "/help",
  "app/help/[page]/page.tsx": () => "/help/figures",
  "app/event-hubs/[hub]/consumer-groups/[group]/move/page.tsx": () => `${group}/move`,
  "app/event-hubs/[hub]/consumer-groups/[group]/cleanup/page.tsx": () => `${group}/cleanup`,
  "app/event-hubs/[hub]/move-groups/page.tsx": () => "/event-hubs/orders/move-groups",
  "app/group-moves/[id]/page.tsx": () => "/group-moves/nothing",
  "app/resets/plans/[id]/page.tsx": (planId) => `/resets/plans/${planId}`,
  "app/resets/[id]/page.tsx": () => "/resets/nothing",
};

interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

function checkPage({ headers, text }: Answer, where: string): string {
  const policy = headers.get("content-security-policy") ?? "";
  const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  expect(nonce, where).not.toBe("");
  expect(policy, where).toMatch(/frame-ancestors 'none'/);
  expect(policy, where).not.toMatch(/script-src [^;]*unsafe/);
  expect(headers.get("x-content-type-options"), where).toBe("nosniff");
  expect(headers.get("referrer-policy"), where).toBe("no-referrer");
  expect(headers.get("cache-control"), where).toContain("no-store");
  expect(headers.get("x-powered-by"), where).toBeNull();
  // The public address is not an https one here.
  expect(headers.get("strict-transport-security"), where).toBeNull();
  for (const [tag] of text.matchAll(/<(script|style)\b[^>]*>/g)) {
    expect(tag, where).toContain(`nonce="${nonce}"`);
  }
  expect(/\s(href|src)="\s*javascript:/i.exec(text), where).toBeNull();
  const tagsAlone = text.replaceAll(/<script\b[^>]*>.*?<\/script>/gs, "").replaceAll(/="[^"]*"/g, '=""');
  expect(/<[a-z][^>]*\son[a-z]+=/i.exec(tagsAlone)?.[0], where).toBeUndefined();
  return nonce;
}

test("every page has its headers and a nonce of its own each time, and no script without it", async ({
  guarded,
}) => {
  const { url } = guarded.dashboard;
  const files = globSync("app/**/page.tsx", {
    cwd: join(import.meta.dirname, "../../.."),
    exclude: ["app/@crumbs/**"],
  });
  expect(files.toSorted()).toEqual(Object.keys(addresses).toSorted());
  const made = await fetch(`${url}/api/v1${group}/resets/preview`, {
    method: "POST",
    headers: { ...asAdmin, "content-type": "application/json" },
    body: JSON.stringify({ partitions: "all", target: { kind: "earliest" }, mode: "offline" }),
  });
  const { planId } = (await made.json()) as ResetPlan;
  const open = async (path: string): Promise<Answer> => {
    const response = await fetch(url + path, { headers: asAdmin });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  for (const [file, address] of Object.entries(addresses)) {
    const answers = [await open(address(planId)), await open(address(planId))];
    const nonces = answers.map((answer) => checkPage(answer, file));
    expect(nonces[0], file).not.toBe(nonces[1]);
    expect(answers[0]?.text, file).toContain("<script");
    expect(answers[0]?.status, file).toBe(/^app\/(resets|group-moves)\/\[id\]/.test(file) ? 404 : 200);
  }
});

test("the pages for outsiders and for missing addresses have them, too", async ({ guarded }) => {
  const { url } = guarded.dashboard;
  const outside = new FormBrowser();
  const visits = {
    "/signed-out": [await outside.open(`${url}/signed-out`), 200],
    "/sign-in/callback": [await outside.open(`${url}/sign-in/callback?code=a&state=b`), 401],
    "without a role": [await new FormBrowser().signIn(`${url}/`, "stranger"), 403],
  } as const;
  for (const [where, [visit, status]] of Object.entries(visits)) {
    expect(visit.status, where).toBe(status);
    checkPage(visit, where);
  }
  const missing = await fetch(`${url}/nothing/here`, { headers: asAdmin });
  expect(missing.status).toBe(404);
  checkPage({ status: 404, headers: missing.headers, text: await missing.text() }, "not found");
});

test("a group, an owner and an event with markup in their texts are shown as text", async ({ page }) => {
  await page.setExtraHTTPHeaders(asAdmin);
  const nothingRan = async () => {
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
    expect(await page.title()).not.toBe("1");
  };
  await page.goto("/");
  await expect(page.getByRole("row").filter({ hasText: markup })).toBeVisible();
  await nothingRan();
  for (const tab of ["owners", "activity", "lag"]) {
    await page.goto(`/event-hubs/orders/consumer-groups/${encodeURIComponent(markup)}?tab=${tab}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(markup);
    await nothingRan();
  }
  await live(page);
  await page.getByRole("tab", { name: "Partitions" }).click();
  await page.getByRole("button", { name: "Details of 1" }).click();
  await expect(page.getByRole("main")).toContainText(`localhost/orders/${markup}/checkpoint/1`);
  await page.getByRole("button", { name: "Read this event: 100" }).click();
  await expect(page.getByRole("region", { name: "The event's body" })).toHaveText(JSON.stringify(markup));
  await nothingRan();
});
