import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import type { Read } from "#tests/support/recording-processor.ts";
import { startProcessorChild } from "#tests/support/worlds/live/live-child.ts";
import { type LocalWorld, localNamespace } from "#tests/support/worlds/local-world.ts";

export interface LaneOptions {
  eventHub: string;
  partitionCount: number;
  processors: number;
  handlerMs: number;
  batch: number;
}

const renewMs = 2_000;
export const expireMs = 20_000;

export class Lane {
  readonly options: LaneOptions;
  readonly group = "processors";
  readonly reads: Read[] = [];
  kills = 0;
  readonly #world: LocalWorld;
  readonly #children: ChildProcess[] = [];
  #isEnding = false;

  constructor(world: LocalWorld, options: LaneOptions) {
    this.#world = world;
    this.options = options;
    for (let index = 0; index < options.processors; index += 1) this.#children.push(this.#start());
  }

  get partitionIds(): string[] {
    return Array.from({ length: this.options.partitionCount }, (_, index) => String(index));
  }

  last(partitionId: string): number {
    return this.#world.eventHubs.partition(this.options.eventHub, partitionId).lastEnqueuedSequenceNumber;
  }

  async stands(): Promise<Map<string, number>> {
    const folder = `${localNamespace}/${this.options.eventHub}/${this.group}/checkpoint/`;
    const { blobs } = await listBlobs(this.#world.container, folder);
    return new Map(
      blobs.map(({ name, metadata }) => [
        name.slice(folder.length),
        Number(metadata.get("sequencenumber") ?? -1),
      ]),
    );
  }

  kill(random: () => number): void {
    const index = Math.floor(random() * this.#children.length);
    const child = this.#children[index];
    if (child === undefined || this.#isEnding || child.exitCode !== null || child.signalCode !== null) return;
    this.kills += 1;
    child.kill("SIGKILL");
    setTimeout(() => {
      if (!this.#isEnding) this.#children[index] = this.#start();
    }, random() * 3_000);
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(
      this.#children.map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            child.once("exit", () => resolve());
            child.kill("SIGKILL");
          }),
      ),
    );
  }

  #start(): ChildProcess {
    const { eventHub, handlerMs, batch } = this.options;
    const { eventHubs, azurite, container } = this.#world;
    const task = {
      ownerId: randomUUID(),
      eventHub,
      consumerGroup: this.group,
      eventHubsConnectionString: eventHubs.connectionString,
      storageConnectionString: azurite.connectionString,
      container: container.containerName,
      renewMs,
      expireMs,
      handlerMs,
      batch,
    };
    return startProcessorChild(task, (read) => this.reads.push(read));
  }
}
