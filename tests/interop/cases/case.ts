import type { Sdk } from "../sdks.ts";
import type { Task } from "../task.ts";
import type { Worker } from "../worker.ts";
import type { InteropWorld } from "../world.ts";
import type { Findings } from "./findings.ts";

export type { Findings };

export interface Case {
  number: number;
  title: string;
  /** True for a case in every run, false for one only in a run of the whole table. */
  isQuick: boolean;
  /** False when the case does without the dashboard. */
  isWatched: boolean;
  /** The ids of the SDKs that have what it tries; all where it is left out. */
  only?: readonly string[];
  /** The hubs that it wants for itself, by a name each. */
  hubs: readonly string[];
  prove(run: CaseRun): Promise<Findings>;
}

export interface CaseRun {
  sdk: Sdk;
  isWholeTable: boolean;
  world: InteropWorld;
  hubOf(name: string): string;
  /** Starts a worker of the SDK, which ends with the test at the latest. */
  start(hub: string, over?: Partial<Task>): Worker;
  /** JavaScript's processor on the product's own store. */
  startOwn(hub: string, over?: Partial<Task>): Worker;
  onFinished(then: () => void): void;
}

export const hubName = (caseNumber: number, sdk: Sdk, name: string): string =>
  `case${caseNumber}-${sdk.id}-${name}`;
