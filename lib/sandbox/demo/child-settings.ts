import type { Behaviour } from "./world.ts";

const variable = "TIDEMARK_DEMO_SETTINGS";

export interface ProcessorSettings {
  name: string;
  eventHub: string;
  consumerGroup: string;
  eventHubsConnectionString: string;
  storageConnectionString: string;
  container: string;
  behaviour: Behaviour;
}

export interface ProducerSettings {
  eventHub: string;
  partitionCount: number;
  eventsPerSecondPerPartition: number;
  poisoned?: string | undefined;
  eventHubsConnectionString: string;
}

export function toEnvironment(settings: ProcessorSettings | ProducerSettings): Record<string, string> {
  return { [variable]: JSON.stringify(settings) };
}

export function fromEnvironment<T extends ProcessorSettings | ProducerSettings>(): T {
  const text = process.env[variable];
  if (text === undefined) {
    throw new Error(`${variable} is not set: this file is started by the demo, not by hand.`);
  }
  return JSON.parse(text) as T;
}

export function onEnd(stop: () => Promise<void>): void {
  let ending = false;
  const end = () => {
    if (!ending) {
      ending = true;
      setTimeout(() => process.exit(0), 3_000).unref();
      stop().then(
        () => process.exit(0),
        () => process.exit(0),
      );
    }
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("disconnect", end);
}
