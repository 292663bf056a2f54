import { afterEach, beforeEach, expect, vi } from "vitest";

// Fails tests on noise: an unexpected console.error or console.warn is a fault that nobody reads.
beforeEach(() => {
  for (const method of ["error", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      noise.push(`console.${method}: ${args.map(String).join(" ")}`);
    });
  }
});

const noise: string[] = [];

afterEach(() => {
  const heard = noise.splice(0);
  expect(heard, "unexpected console output").toEqual([]);
});
