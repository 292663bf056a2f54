import { expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { engines, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { hub, refresh } from "#tests/support/fixtures/refresh.ts";

const start = Date.UTC(2026, 0, 15, 12);
const readEvery = {
  seconds: 26,
  reason: toWire(reason("hubReadsCapped", { reads: 1_025, perSecond: 40, seconds: 26 })),
};

it.each(engines)("recalls as many refreshes of a slowed hub as of any other, in %s", async (kind) => {
  const options = { clock: () => start + 1_800_000, refreshSeconds: 1 };
  const history = await openHistory(await newDatabase(kind), options);
  const rounds = 60;
  for (let round = 0; round < rounds; round += 1) {
    const read = refresh({ at: start + round * 26_000, lags: [7], ends: [100 + round] });
    history.record({ ...read, eventHub: { ...read.eventHub, readEvery } });
  }
  await history.written();
  const { positions } = await history.recall(hub);
  const recalled = positions.get("0");
  expect([recalled?.size, recalled?.timeAt(0)]).toEqual([rounds, start]);
});
