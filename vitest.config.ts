import { defineConfig } from "vitest/config";

const shared = {
  environment: "node" as const,
  setupFiles: ["./tests/support/no-noise.ts"],
  restoreMocks: true,
  // Most of them wait for something: four at a time, also where there are two cores.
  maxWorkers: 4,
  // What is waited for comes sooner or later; a second is short for a busy machine.
  expect: { poll: { timeout: 10_000 } },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          // They share no state but what is in the modules, which keep none: loading these for each file took longest.
          isolate: false,
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          // One of them reads every file of the house.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...shared,
          name: "integration",
          globalSetup: ["./tests/support/postgres.ts", "./tests/support/shared-storage.ts"],
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      // `npm run test:slow`: what waits for processes to be killed and leases to run out, every npm script, and the demo.
      ...(["slow", "scripts"] as const).map((name) => ({
        test: {
          ...shared,
          name,
          // A script starts its own storage, as it does at a prompt.
          globalSetup: [
            "./tests/support/postgres.ts",
            ...(name === "slow" ? ["./tests/support/shared-storage.ts"] : []),
          ],
          include: [`tests/${name}/**/*.test.ts`],
          testTimeout: 120_000,
          hookTimeout: 30_000,
          maxConcurrency: 3,
        },
      })),
      // By hand, `npm run soak` and `npm run bench`: they take minutes.
      ...(["soak", "bench"] as const).map((name) => ({
        test: {
          ...shared,
          name,
          globalSetup: ["./tests/support/postgres.ts"],
          include: [`tests/${name}/**/*.test.ts`],
          fileParallelism: false,
          testTimeout: 1_800_000,
          hookTimeout: 30_000,
        },
      })),
      // Begun by `npm run interop`, which installs and builds what it tries. Each case mostly waits.
      {
        test: { ...shared, name: "interop", include: ["tests/interop/**/*.test.ts"], maxConcurrency: 4 },
      },
    ],
  },
});
