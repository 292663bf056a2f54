import { defineConfig } from "vitest/config";

const shared = {
  environment: "node" as const,
  setupFiles: ["./tests/support/no-noise.ts"],
  restoreMocks: true,
};

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"] } },
      {
        test: {
          ...shared,
          name: "integration",
          globalSetup: ["./tests/support/postgres.ts"],
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
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
    ],
  },
});
