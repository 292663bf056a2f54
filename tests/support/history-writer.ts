import { setTimeout as pause } from "node:timers/promises";
import { Secret } from "#lib/core/secret.ts";
import { History } from "#lib/history/history.ts";
import type { HistoryPlace } from "#lib/history/storage/engine.ts";
import { refresh } from "./refresh.ts";

/** What a writer child is told, as JSON in its first argument. */
export interface WriterTask {
  place: { kind: "sqlite"; folder: string } | { kind: "postgres"; url: string };
  /** Of its first refresh; each further one is a second later. */
  start: number;
  from: number;
}

/** Records refreshes as quickly as they are written, says the number of each that is, and waits to be killed. */
async function main({ place, start, from }: WriterTask): Promise<void> {
  const where: HistoryPlace =
    place.kind === "sqlite" ? place : { kind: "postgres", url: new Secret(place.url) };
  const history = await History.open({ place: where, refreshSeconds: 1 });
  for (let number = from; ; number += 1) {
    const lags = [number, 1, 2, 3];
    // The owner changes with every refresh, so that half a transaction would show.
    const owner = {
      ownerId: `owner-${number}`,
      lastRenewedAt: new Date(start + number * 1000).toISOString(),
    };
    history.record(refresh({ at: start + number * 1000, lags, owners: [{ ...owner, state: "active" }] }));
    await history.written();
    process.stdout.write(`${number}\n`);
    await pause(0);
  }
}

await main(JSON.parse(process.argv[2] ?? "") as WriterTask);
