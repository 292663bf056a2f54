import { createDashboard } from "#lib/server/dashboard.ts";
import { type TestConfig, testConfig } from "#tests/support/fixtures/test-config.ts";
import { runAsChild } from "#tests/support/worlds/run-as-child.ts";

export interface Asked {
  question: number;
  room: "groupMoves" | "resets";
  ask: string;
  args: unknown[];
}

const dashboard = await createDashboard(testConfig(JSON.parse(process.argv[2] ?? "") as TestConfig));
const { runtime } = dashboard;

process.on("message", async ({ question, room, ask, args }: Asked) => {
  try {
    const asked = runtime[room] as unknown as Record<string, (...all: unknown[]) => Promise<unknown>>;
    process.send?.({ question, answer: await asked[ask]?.(...args) });
  } catch (error) {
    process.send?.({ question, refused: String(error) });
  }
});
runAsChild(dashboard);
