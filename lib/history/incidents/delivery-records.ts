import type { Kysely, Selectable } from "kysely";
import type { EpochMs } from "#lib/core/time.ts";
import type { Tables } from "../storage/tables.ts";
import type { UseEngine } from "../use-engine.ts";

export type DeliveryRow = Selectable<Tables["deliveries"]>;
export type NewDelivery = Pick<DeliveryRow, "channel" | "event" | "incident_id" | "message" | "created_at">;

export interface TryResult {
  state: "sent" | "failed" | "waiting";
  nextTryAt: EpochMs | null;
  error: string | null;
}

/**
 * The queue and log of messages. Every method
 * @throws AppError `historyUnavailable`.
 */
export class DeliveryRecords {
  readonly #use: UseEngine;

  constructor(use: UseEngine) {
    this.#use = use;
  }

  async add(delivery: NewDelivery): Promise<number> {
    return this.#use(async ({ db }) => {
      const [id] = await insertDeliveries(db, [delivery]);
      return id ?? 0;
    });
  }

  /**
   * Returns a channel's oldest waiting delivery. Later ones wait for it, so that an end never precedes its
   * beginning and two dashboards never send at once.
   */
  oldestWaiting(channel: string): Promise<DeliveryRow | undefined> {
    return this.#use(({ db }) =>
      db
        .selectFrom("deliveries")
        .selectAll()
        .where("state", "=", "waiting")
        .where("channel", "=", channel)
        .orderBy("id")
        .limit(1)
        .executeTakeFirst(),
    );
  }

  /** Claims a delivery for one attempt until `until`. False if another dashboard has it. */
  async claim({ id, tries }: DeliveryRow, now: EpochMs, until: EpochMs): Promise<boolean> {
    const { numUpdatedRows } = await this.#use(({ db }) =>
      db
        .updateTable("deliveries")
        .set({ tries: tries + 1, last_tried_at: now, next_try_at: until })
        .where("id", "=", id)
        .where("state", "=", "waiting")
        .where("tries", "=", tries)
        .executeTakeFirst(),
    );
    return numUpdatedRows > 0n;
  }

  async note(id: number, { state, nextTryAt, error }: TryResult): Promise<void> {
    await this.#use(({ db }) =>
      db
        .updateTable("deliveries")
        .set({ state, next_try_at: nextTryAt, error })
        .where("id", "=", id)
        .execute(),
    );
  }

  async bound(channel: string, atMost: number, error: string): Promise<void> {
    await this.#use(async ({ db }) => {
      const edge = await db
        .selectFrom("deliveries")
        .select("id")
        .where("state", "=", "waiting")
        .where("channel", "=", channel)
        .orderBy("id", "desc")
        .offset(atMost)
        .limit(1)
        .executeTakeFirst();
      if (edge === undefined) return;
      await db
        .updateTable("deliveries")
        .set({ state: "failed", next_try_at: null, error })
        .where("state", "=", "waiting")
        .where("channel", "=", channel)
        .where("id", "<=", edge.id)
        .execute();
    });
  }

  latest(limit: number): Promise<DeliveryRow[]> {
    return this.#use(({ db }) =>
      db.selectFrom("deliveries").selectAll().orderBy("id", "desc").limit(limit).execute(),
    );
  }
}

export async function insertDeliveries(
  db: Kysely<Tables>,
  deliveries: readonly NewDelivery[],
): Promise<number[]> {
  if (deliveries.length === 0) return [];
  const rows = await db
    .insertInto("deliveries")
    .values(
      deliveries.map((delivery) => ({
        ...delivery,
        state: "waiting",
        tries: 0,
        next_try_at: delivery.created_at,
      })),
    )
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}
