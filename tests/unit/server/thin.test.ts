import { expect, it } from "vitest";
import { thin } from "#lib/server/history/thin.ts";

const points = (lags: (number | null)[]) => lags.map((lag, index) => ({ at: String(index), lag }));

it("keeps every peak and every gap", () => {
  const thinned = thin(points([1, 2, 900, 3, null, 4, 5, 6]), 4);
  expect(thinned.map(({ lag }) => lag)).toEqual([2, 900, null, 6]);
});

it("leaves few points as they are", () => {
  expect(thin(points([1, null]), 5)).toEqual(points([1, null]));
});
