import type { ApplyRequest, PreviewRequest, Reset, ResetPlan } from "#lib/api/resets.ts";
import type { AskedGroup } from "#lib/core/addresses.ts";
import { createDashboard } from "#lib/server/dashboard.ts";
import { type TestConfig, testConfig } from "#tests/support/fixtures/test-config.ts";
import { runAsChild } from "#tests/support/worlds/run-as-child.ts";

export type ToChild =
  | { preview: AskedGroup; request: PreviewRequest; actor: string }
  | { apply: AskedGroup; request: ApplyRequest; actor: string }
  | { reset: string };
export type FromChild =
  | { isReady: true }
  | { told: Reset }
  | { answer: Reset }
  | { plan: ResetPlan }
  | { refused: string };

const dashboard = await createDashboard(testConfig(JSON.parse(process.argv[2] ?? "") as TestConfig));
const { runtime } = dashboard;
const say = (message: FromChild) => void process.send?.(message);

runtime.subscribe({}, (news) => {
  if (news.event === "reset") say({ told: news.data() });
});
const callerOf = (actor: string) => ({ name: actor, key: actor, role: "admin" as const });
process.on("message", async (asked: ToChild) => {
  try {
    if ("preview" in asked) {
      const plan = await runtime.resets.preview(asked.preview, asked.request, callerOf(asked.actor));
      say({ plan });
      return;
    }
    const answer =
      "reset" in asked
        ? await runtime.resets.reset(asked.reset)
        : await runtime.resets.apply(asked.apply, asked.request, callerOf(asked.actor));
    say({ answer });
  } catch (error) {
    say({ refused: String(error) });
  }
});
runAsChild(dashboard);
