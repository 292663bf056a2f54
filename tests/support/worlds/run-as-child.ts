import type { Dashboard } from "#lib/server/dashboard.ts";

/** Starts the dashboard of this process, tells the parent once it is ready, and ends with the parent or on SIGTERM. */
export function runAsChild(dashboard: Dashboard): void {
  process.on("SIGTERM", async () => {
    await dashboard.stop();
    process.exit(0);
  });
  process.on("disconnect", () => process.exit(0));
  dashboard.start();
  const ready = setInterval(() => {
    if (!dashboard.runtime.readiness().ready) return;
    clearInterval(ready);
    process.send?.({ isReady: true });
  }, 20);
}
