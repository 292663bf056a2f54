import { expect, it } from "vitest";
import { newFolder, openHistory } from "#tests/support/fixtures/history.ts";
import { group, hub, refresh } from "#tests/support/fixtures/refresh.ts";

const start = Date.UTC(2026, 0, 15, 12);
const second = 1_000;

it("begins with a refresh that measured all, and makes a gap where some could not be read for a moment", async () => {
  const lags: (number | null)[][] = [
    [5, 5, 5],
    [5, null, null],
    ...Array(4).fill([5, 6, 7]),
    [5, null, 7],
    ...Array(4).fill([5, 6, 7]),
  ];
  const until = start + lags.length * 10 * second;
  const address = { kind: "sqlite", folder: newFolder() } as const;
  const record = await openHistory(address, { clock: () => until });
  for (const [index, each] of lags.entries()) {
    const bounds = index === 0 ? [1, 2] : [];
    record.record(refresh({ at: start + index * 10 * second, lags: each, bounds }));
  }
  const read = async () => {
    const from = start - 60 * second;
    const { points } = await record.points({ hub, group, from, to: until, points: 300 });
    return points.slice(6).map(({ lag, lagMax, measuredLag, measuredLagMax }) => ({
      ...{ lag, lagMax, measuredLag, measuredLagMax },
    }));
  };
  const all = (lag: number | null) => ({ lag, lagMax: lag, measuredLag: lag, measuredLagMax: lag });
  const bound = { lag: 15, lagMax: 15, measuredLag: null, measuredLagMax: null };
  const whole = Array(4).fill(all(18));
  const expected = [bound, all(null), ...whole, all(null), ...whole];
  expect(await read()).toEqual(expected);
  await record.written();
  expect(await read()).toEqual(expected);
  await record.close();
});
