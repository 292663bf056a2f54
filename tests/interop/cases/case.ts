import type { Sdk } from "../sdks.ts";
import type { Task } from "../task.ts";
import type { Worker } from "../worker.ts";
import type { InteropWorld } from "../world.ts";
import type { Findings } from "./findings.ts";

export type { Findings };

/**
 * A case wants `hubs` for itself. Every run has the quick cases, and only a run of the whole table has the
 * others. A case that isn't watched does without the dashboard. `only` has the ids of the SDKs that have what
 * it tries; undefined: all.
 */
export interface Case {
  number: number;
  title: string;
  isQuick: boolean;
  isWatched: boolean;
  only?: readonly string[];
  hubs: readonly string[];
  prove(run: CaseRun): Promise<Findings>;
}

export interface CaseRun {
  sdk: Sdk;
  isWholeTable: boolean;
  world: InteropWorld;
  hubOf(name: string): string;
  start(hub: string, over?: Partial<Task>): Worker;
  startOwn(hub: string, over?: Partial<Task>): Worker;
  onFinished(then: () => void): void;
}

export const hubName = (caseNumber: number, sdk: Sdk, name: string): string =>
  `case${caseNumber}-${sdk.id}-${name}`;
