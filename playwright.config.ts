import { defineConfig } from "@playwright/test";
import { findBrowser } from "./lib/bootstrap/find-browser.mjs";

const executablePath = findBrowser();
const demo = "**/demo/*.spec.ts";

export default defineConfig({
  projects: [
    ...["e2e", "slow", "stranger"].map((name) => ({ name, testDir: `tests/${name}` })),
    // By itself: beside two other worlds its processors don't keep up, and its groups show just that.
    { name: "demo", testDir: "tests/slow", testMatch: demo },
  ].map((project) => ({ testIgnore: project.name === "slow" ? demo : [], ...project })),
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./tests/support/shared-storage.ts",
  // Each worker starts a world of its own; they wait a good part of their time, so two cores carry three.
  workers: 3,
  fullyParallel: false,
  timeout: 120_000,
  // A preview alone asks Azure several things one after another, which on a busy machine takes its time.
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  forbidOnly: process.env.CI !== undefined,
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    // What moves for the eye alone costs a good part of a core.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      // Chromium's sandbox does not work for root, which is what containers run as.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
