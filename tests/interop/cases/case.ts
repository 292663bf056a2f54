import type { Sdk } from "../sdks.ts";
import type { Task } from "../task.ts";
import type { Worker } from "../worker.ts";
import type { InteropWorld } from "../world.ts";

export interface Findings {
  /** Milliseconds from the last event before a live reset to the first after it. */
  pausesMs?: number[];
  stopped?: Record<string, "all" | "own" | "nothing">;
}

export interface Case {
  number: number;
  title: string;
  /** True for a case in every run, false for one only in a run of the whole table. */
  isQuick: boolean;
  /** False when the case does without the dashboard. */
  isWatched: boolean;
  hubs: readonly string[];
  prove(run: CaseRun): Promise<Findings>;
}

export interface CaseRun {
  world: InteropWorld;
  hubOf(name: string): string;
  /** Starts a worker of the SDK, which ends with the test at the latest. */
  start(hub: string, over?: Partial<Task>): Worker;
  onFinished(then: () => void): void;
}

export const hubName = (caseNumber: number, sdk: Sdk, name: string): string =>
  `case${caseNumber}-${sdk.id}-${name}`;
