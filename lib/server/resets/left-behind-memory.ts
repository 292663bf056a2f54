import type { EventHub } from "#lib/api/event-hub.ts";
import { hubAddress } from "#lib/core/addresses.ts";
import type { Clock, EpochMs } from "#lib/core/time.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { CleanupFacts } from "#lib/ownership/cleanup-candidates.ts";
import { log } from "#lib/server/http/log.ts";
import { isWithin, leftBehind } from "./left-behind.ts";

/** By store. Null: it was not read yet, or can't be read. */
export type LeftInStores = ReadonlyMap<string, CleanupFacts["leftBehind"]> | null;

const holdsMs = 5 * 60_000;
/** Of a hub; older moves show as other spellings and layouts. */
const mostMoves = 100;

type Hub = Pick<EventHub, "id" | "fullyQualifiedNamespace" | "eventHubName">;

/**
 * Keeps what recorded moves left behind, for diagnoses, which ask nobody. A refresh reads the records again
 * after a reset has ended, and each five minutes.
 */
export class LeftBehindMemory {
  readonly #records: Pick<ResetRecords, "movesWithinStores" | "moves" | "undos" | "reset">;
  readonly #clock: Clock;
  readonly #known = new Map<string, { until: EpochMs; left: LeftInStores }>();

  constructor(
    records: Pick<ResetRecords, "movesWithinStores" | "moves" | "undos" | "reset">,
    clock: Clock = Date.now,
  ) {
    this.#records = records;
    this.#clock = clock;
  }

  of({ id }: Pick<Hub, "id">): LeftInStores {
    return this.#known.get(id)?.left ?? null;
  }

  /** @param watched ids of all hubs; others are forgotten */
  async refresh(hub: Hub, watched: readonly string[]): Promise<void> {
    const now = this.#clock();
    for (const id of this.#known.keys()) if (!watched.includes(id)) this.#known.delete(id);
    const before = this.#known.get(hub.id);
    if (before !== undefined && now < before.until) return;
    this.#known.set(hub.id, { left: before?.left ?? null, until: now + holdsMs });
    try {
      const left = await this.#read(hub);
      const known = this.#known.get(hub.id);
      if (known !== undefined) this.#known.set(hub.id, { ...known, left });
    } catch (error) {
      this.#known.delete(hub.id);
      log.debug({ hub: hub.id, err: error }, "What moves left behind can't be read yet.");
    }
  }

  /** A reset has ended: what was left behind may be more or less by now. */
  isOld(hub: string): void {
    const known = this.#known.get(hub);
    if (known !== undefined) this.#known.set(hub, { ...known, until: 0 });
  }

  async #read(hub: Hub): Promise<LeftInStores> {
    const moves = await this.#records.movesWithinStores(hubAddress(hub), mostMoves);
    const groups = new Map(
      moves
        .filter(isWithin)
        .map(({ store, group }) => [JSON.stringify([store, group.toLowerCase()]), { store, group }]),
    );
    const all = new Map<string, Map<string, { etag: string; madeBlobName: string }>>();
    for (const { store, group } of groups.values()) {
      const left = await leftBehind(this.#records, { ...hub, store, group });
      all.set(store, new Map([...(all.get(store) ?? []), ...left]));
    }
    return all;
  }
}
