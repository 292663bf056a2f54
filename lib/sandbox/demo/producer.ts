import { setTimeout as pause } from "node:timers/promises";
import { EventHubProducerClient } from "@azure/event-hubs";
import { fromEnvironment, onEnd, type ProducerSettings } from "./child-settings.ts";

const settings = fromEnvironment<ProducerSettings>();
const { eventHub, partitionCount, eventsPerSecondPerPartition } = settings;
const client = new EventHubProducerClient(settings.eventHubsConnectionString, eventHub);
const tickMs = 1_000;
const swingMs = 90_000;
const ending = new AbortController();
/** Until then there is something to see of a group that stalls on the event without a number. */
const poisonsAfterMs = 20_000;
const startedAt = Date.now();
let sent = 0;
let { poisoned } = settings;

function share(now: number): number {
  const swing = 1 + 0.5 * Math.sin((now / swingMs) * 2 * Math.PI);
  const exact = eventsPerSecondPerPartition * (tickMs / 1000) * swing;
  return Math.floor(exact) + (Math.random() < exact % 1 ? 1 : 0);
}

function valueFor(partitionId: string): number | null {
  if (partitionId !== poisoned || Date.now() - startedAt < poisonsAfterMs)
    return Math.round(Math.random() * 1_000);
  poisoned = undefined;
  return null;
}

async function sendTick(partitionId: string): Promise<void> {
  const events = Array.from({ length: share(Date.now()) }, () => {
    sent += 1;
    return { body: { id: `${eventHub}-${sent}`, value: valueFor(partitionId) } };
  });
  if (events.length > 0) {
    await client.sendBatch(events, { partitionId, abortSignal: ending.signal });
  }
}

async function run(): Promise<void> {
  const ids = Array.from({ length: partitionCount }, (_, index) => String(index));
  while (!ending.signal.aborted) {
    await Promise.all([...ids.map(sendTick), pause(tickMs, undefined, { signal: ending.signal })]);
  }
}

onEnd(async () => {
  ending.abort();
  await client.close();
});
run().catch((error: unknown) => {
  if (!ending.signal.aborted) {
    console.error(String(error));
    process.exit(1);
  }
});
