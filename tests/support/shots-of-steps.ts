import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import type { Reset, ResetPlan } from "#lib/api/resets.ts";
import { startResetWorld } from "#tests/support/worlds/browser-reset-world.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";

export interface Shot {
  name: string;
  url: string;
  act?: (page: Page) => Promise<unknown>;
}

const expirationSeconds = 5;
const shift = { partitions: "all", target: { kind: "shift", by: -100 } };
const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();

export async function shootSteps(shoot: (shots: readonly Shot[]) => Promise<void>): Promise<void> {
  const world = await startResetWorld();
  const dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      eventHubs: [
        world.hubConfig("orders", { ownershipExpirationSeconds: expirationSeconds }),
        world.hubConfig("payments", { inspectionConsumerGroup: "inspect" }),
      ],
      alerts: {
        rules: [
          { id: "behind", when: { lag: 50 }, forSeconds: 0, severity: "critical" },
          { id: "far-behind", when: { lag: 500 }, forSeconds: 0, severity: "warning" },
        ],
      },
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
  while (!(await fetch(`${dashboard.url}/readyz`)).ok) await pause(200);
  // A checkpoint that was written within the expiry blocks a reset.
  await pause((expirationSeconds + 1) * 1_000);
  const post = async <T>(path: string, body: object): Promise<T> => {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(`${dashboard.url}/api/v1${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const api = (group: string, tail: string) => `/event-hubs/orders/consumer-groups/${group}/${tail}`;
  const plan = (group: string, tail: string, body: object) => post<ResetPlan>(api(group, tail), body);
  const apply = (group: string, { planId }: ResetPlan) =>
    post<Reset>(api(group, "resets"), { planId, confirm: group });
  const groupPage = (group: string, tail = "") =>
    `${dashboard.url}/event-hubs/orders/consumer-groups/${group}${tail}`;
  const review = ({ planId }: ResetPlan) => `${dashboard.url}/resets/plans/${planId}`;
  const result = ({ id }: Reset) => `${dashboard.url}/resets/${id}`;
  const move = { partitions: "all", to: { group: "successor" } };

  const applied = await apply("undone", await plan("undone", "resets/preview", shift));
  const moved = await apply("successor", await plan("recorded", "moves/preview", move));
  const cleaned = await apply("relocated", await plan("relocated", "cleanups/preview", {}));
  await post("/silences", { hub: "orders", group: "other", seconds: 3_600, note: "Maintenance until noon" });
  const offline = review(await plan("billing", "resets/preview", shift));
  await world.own("orders", "busy", "0", "worker-7");
  await shoot([
    { name: "reset-choose", url: groupPage("billing", "/reset?store=main&target=shift&shift=-100") },
    { name: "reset-review", url: offline },
    { name: "reset-review-typing", url: offline, act: press("Edit positions") },
    { name: "reset-blocked", url: review(await plan("busy", "resets/preview", shift)) },
    { name: "reset-live", url: review(await plan("busy", "resets/preview", { ...shift, mode: "live" })) },
    {
      name: "skip-review",
      url: review(await plan("billing", "partitions/0/skip/preview", { sequenceNumber: 48_400 })),
    },
    { name: "reset-result", url: result(applied) },
    { name: "undo-review", url: review(await post<ResetPlan>(`/resets/${applied.id}/undo`, {})) },
    { name: "move-choose", url: groupPage("recorded", "/move?store=main") },
    { name: "move-review", url: review(await plan("billing", "moves/preview", move)) },
    { name: "move-result", url: result(moved) },
    { name: "cleanup-choose", url: groupPage("relocated", "/cleanup?store=main") },
    { name: "cleanup-result", url: result(cleaned) },
    { name: "cleanup-undo", url: review(await post<ResetPlan>(`/resets/${cleaned.id}/undo`, {})) },
    { name: "cleanup-strip", url: groupPage("relocated") },
    { name: "incidents", url: `${dashboard.url}/incidents` },
    { name: "incidents-form", url: `${dashboard.url}/incidents`, act: press(/^Silence/) },
    {
      name: "events",
      url: groupPage("billing"),
      act: async (page) => {
        await page.getByRole("button", { name: "Details of 0" }).click();
        await page.getByRole("button", { name: "Read this event: 48,400" }).click();
        await page.getByRole("button", { name: "10 earlier" }).click();
        await page.getByRole("region", { name: "Events that were read" }).waitFor();
        await page.getByRole("region", { name: "Neighbouring events" }).scrollIntoViewIfNeeded();
      },
    },
    { name: "activity", url: `${dashboard.url}/activity`, act: press("Details of 1") },
  ]);
  await dashboard.end();
  await world.stop();
}
