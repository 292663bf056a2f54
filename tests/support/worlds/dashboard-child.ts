import { createDashboard } from "#lib/server/dashboard.ts";
import { type TestConfig, testConfig } from "#tests/support/fixtures/test-config.ts";
import { runAsChild } from "#tests/support/worlds/run-as-child.ts";

// A dashboard without pages, as a process of its own. Prints each message of its stream on a line.
const dashboard = await createDashboard(testConfig(JSON.parse(process.argv[2] ?? "") as TestConfig));
dashboard.runtime.subscribe({}, (news) => {
  if (news.event !== "snapshot") return;
  const { hub, observedAt } = news.data();
  if (observedAt !== null) process.stdout.write(`${JSON.stringify({ hub, observedAt })}\n`);
});
runAsChild(dashboard);
