import { expect, type Page } from "@playwright/test";
import type { TestIssuer } from "#tests/support/proxies/issuer.ts";
import { startSigningIn } from "#tests/support/signing-in.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { test as base, ready } from "./quiet-fixtures.ts";

interface Guarded {
  world: LocalWorld;
  dashboard: TestDashboard;
  issuer: TestIssuer;
}

export const asAdmin = { authorization: `Bearer tidemark_${"a".repeat(43)}` };
const adminSha256 = "d5a2ff6c7167d556c97561c7a86ea50d294f1829af8a7c431c5203b33ae5f0c7";

/** A name that is markup, and so is an event's body. A page that fails to escape it runs it. */
export const markup = '<img src=x onerror="document.title=1">';

async function startGuarded(): Promise<Guarded> {
  const world = await startLocalWorld([
    { name: "orders", partitionCount: 2, consumerGroups: ["billing", "archive", "tidemark"] },
  ]);
  for (const id of ["0", "1"]) {
    world.enqueue("orders", id, 100);
    await world.checkpoint("orders", "billing", id, 57);
    await world.checkpoint("orders", "archive", id, 57);
  }
  world.eventHubs.append("orders", "1", [{ body: markup }]);
  await world.checkpoint("orders", markup, "1", 99);
  await world.own("orders", markup, "1", markup);
  // Owners count as gone after a second, so a reset waits for nobody.
  const over = { inspectionConsumerGroup: "tidemark", ownershipExpirationSeconds: 1 };
  const orders = world.hubConfig("orders", over);
  const token = { name: "tests", sha256: adminSha256, role: "admin", expiresAt: "2100-01-01T00:00:00Z" };
  const started = await startSigningIn(
    {
      refreshSeconds: 1,
      eventHubs: [orders],
      access: { contact: "dashboard-owners@contoso.example", tokens: [token] },
    },
    { TIDEMARK_PROXY_ADDRESSES: "127.0.0.1" },
  );
  await ready(started.dashboard);
  return { world, ...started };
}

export const test = base.extend<object, { guarded: Guarded }>({
  guarded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a pattern here
    async ({}, use) => {
      const guarded = await startGuarded();
      await use(guarded);
      await guarded.dashboard.end();
      guarded.issuer.stop();
      await guarded.world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ guarded }, use) => use(guarded.dashboard.url),
  // The issuer's forms ask the internet for a font.
  context: async ({ context }, use) => {
    await context.route("https://fonts.googleapis.com/**", (route) =>
      route.fulfill({ contentType: "text/css", body: "" }),
    );
    await use(context);
  },
});

export async function signInAs(page: Page, account: string): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill(account);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Waits until the page's script runs. Earlier clicks are lost. */
export async function live(page: Page): Promise<void> {
  await expect(page.getByRole("banner")).toContainText("Live");
}
