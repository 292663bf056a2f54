import type { GroupMoveHead, GroupMoveRecord } from "#lib/history/group-moves/group-move-record.ts";
import type { GroupMoveRecords } from "#lib/history/group-moves/group-move-records.ts";
import { log } from "#lib/server/http/log.ts";
import { Hosting } from "#lib/server/resets/hosting.ts";
import { OwnGroupMove } from "./own-group-move.ts";

export interface GroupMoveHostOptions {
  records: GroupMoveRecords;
  run(own: OwnGroupMove): Promise<void>;
  /** After a start the hubs are known only after a refresh. */
  areKnown(hubs: ReadonlySet<string>): boolean;
}

/** Runs moves of several groups, also those that another dashboard, or an earlier run of this one, left. */
export class GroupMoveHost {
  readonly #options: GroupMoveHostOptions;
  readonly #hosting: Hosting<GroupMoveHead, OwnGroupMove>;

  constructor(options: GroupMoveHostOptions) {
    this.#options = options;
    this.#hosting = new Hosting({
      running: () => options.records.active(),
      hear: (head) => this.hear(head),
      takeOver: (stalled) => this.#takeOver(stalled),
      fault: "Moves of several groups can't be looked after.",
    });
  }

  get instance(): string {
    return this.#hosting.instance;
  }

  get running(): number {
    return this.#hosting.size;
  }

  start(): void {
    this.#hosting.start();
  }

  stop(): Promise<void> {
    return this.#hosting.stop();
  }

  run(record: GroupMoveRecord): void {
    const { records } = this.#options;
    const own = new OwnGroupMove({ records, instance: this.instance }, record, this.#hosting.stopping);
    own.start();
    const ended = this.#options
      .run(own)
      .catch((error: unknown) => {
        log.error(
          { groupMoveId: record.id, err: error },
          "A move of several groups failed inside the dashboard.",
        );
      })
      .finally(() => own.stop());
    this.#hosting.add(record.id, own, ended);
  }

  hear(head: Pick<GroupMoveHead, "id" | "stopAsked">): void {
    this.#hosting.of(head.id)?.hear(head);
  }

  async #takeOver(stalled: GroupMoveHead): Promise<void> {
    const { records, areKnown } = this.#options;
    const before = await records.groupMove(stalled.id);
    if (before === null || !areKnown(new Set(before.entries.map(({ hub }) => hub)))) return;
    if (!(await records.takeOver(stalled.id, stalled, this.instance))) return;
    const record = await records.groupMove(stalled.id);
    if (record === null) return;
    log.warn({ groupMoveId: stalled.id }, "A move of several groups whose dashboard has ended goes on here.");
    this.run(record);
  }
}
