import type { Sdk } from "../sdks.ts";
import type { Task } from "../task.ts";
import type { Worker } from "../worker.ts";
import type { InteropWorld } from "../world.ts";

/** What a case found out beside that it holds. */
export interface Findings {
  /** From the last event before a live reset to the first after it. */
  pausesMs?: number[];
  /** What a broken blob stops, by its kind. */
  stopped?: Record<string, "all" | "own" | "nothing">;
}

export interface Case {
  number: number;
  title: string;
  /** Whether every run has it, or only one of the whole table. */
  isQuick: boolean;
  /** False: the dashboard has no part in it. */
  isWatched: boolean;
  /** The hubs that it wants for itself, by a name each. */
  hubs: readonly string[];
  prove(run: CaseRun): Promise<Findings>;
}

/** One case for one SDK. */
export interface CaseRun {
  world: InteropWorld;
  hubOf(name: string): string;
  /** A worker of the SDK, which ends with the test at the latest. */
  start(hub: string, over?: Partial<Task>): Worker;
  onFinished(then: () => void): void;
}

export const hubName = (caseNumber: number, sdk: Sdk, name: string): string =>
  `case${caseNumber}-${sdk.id}-${name}`;
