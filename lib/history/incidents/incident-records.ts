import type { Selectable } from "kysely";
import type { EpochMs } from "#lib/core/time.ts";
import type { Tables } from "../storage/tables.ts";
import { isVisible, type VisibleGroups } from "../storage/visible.ts";
import type { UseEngine } from "../use-engine.ts";
import { insertDeliveries, type NewDelivery } from "./delivery-records.ts";

export type IncidentRow = Selectable<Tables["incidents"]>;
export type NewIncident = Omit<
  IncidentRow,
  "id" | "closed_at" | "closed_by" | "acknowledged_at" | "acknowledged_by" | "acknowledged_note"
>;

export interface Acknowledgement {
  at: EpochMs;
  by: string;
  note: string | null;
}

export type IncidentObservation = Pick<
  IncidentRow,
  "id" | "last_seen_at" | "summary" | "worst" | "worst_measure"
>;

export type OpenIncidentRow = Pick<
  IncidentRow,
  "hub" | "store" | "consumer_group" | "rule_id" | "severity" | "acknowledged_at"
>;

export interface IncidentsFilter {
  openOnly: boolean;
  hub?: string | undefined;
  group?: string | undefined;
  limit: number;
  before?: number | undefined;
  visible?: VisibleGroups | undefined;
}

/**
 * Incidents from opening to end. `open`, `update` and `acknowledge` queue their messages in the same commit.
 * Every method
 * @throws AppError `historyUnavailable`.
 */
export class IncidentRecords {
  readonly #use: UseEngine;

  constructor(use: UseEngine) {
    this.#use = use;
  }

  /** Returns the incident's id. Null if the same cause is open already: another dashboard told it then. */
  open(
    incident: NewIncident,
    deliveries: (incidentId: number) => readonly NewDelivery[],
  ): Promise<number | null> {
    return this.#use(({ db }) =>
      db.transaction().execute(async (transaction) => {
        const row = await transaction
          .insertInto("incidents")
          .values(incident)
          .onConflict((conflict) => conflict.column("cause").where("closed_at", "is", null).doNothing())
          .returning("id")
          .executeTakeFirst();
        if (row === undefined) return null;
        await insertDeliveries(transaction, deliveries(row.id));
        return row.id;
      }),
    );
  }

  noteObservations(observations: readonly IncidentObservation[]): Promise<void> {
    return this.#use(({ db }) =>
      db.transaction().execute(async (transaction) => {
        for (const { id, ...observation } of observations) {
          await transaction
            .updateTable("incidents")
            .set(observation)
            .where("id", "=", id)
            .where("closed_at", "is", null)
            .execute();
        }
      }),
    );
  }

  update(
    id: number,
    change: Partial<
      Pick<
        IncidentRow,
        "told_at" | "last_seen_at" | "closed_at" | "closed_by" | "summary" | "worst" | "worst_measure"
      >
    >,
    deliveries: readonly NewDelivery[] = [],
  ): Promise<void> {
    return this.#use(({ db }) =>
      db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable("incidents")
          .set(change)
          .where("id", "=", id)
          .where("closed_at", "is", null)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) await insertDeliveries(transaction, deliveries);
      }),
    );
  }

  find(id: number): Promise<IncidentRow | undefined> {
    return this.#use(({ db }) =>
      db.selectFrom("incidents").selectAll().where("id", "=", id).executeTakeFirst(),
    );
  }

  /** The first one wins. False if the incident is closed or acknowledged already. */
  acknowledge(
    id: number,
    { at, by, note }: Acknowledgement,
    deliveries: readonly NewDelivery[],
  ): Promise<boolean> {
    return this.#use(({ db }) =>
      db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable("incidents")
          .set({ acknowledged_at: at, acknowledged_by: by, acknowledged_note: note })
          .where("id", "=", id)
          .where("closed_at", "is", null)
          .where("acknowledged_at", "is", null)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) await insertDeliveries(transaction, deliveries);
        return numUpdatedRows > 0n;
      }),
    );
  }

  openOf(hub: string): Promise<IncidentRow[]> {
    return this.#use(({ db }) =>
      db.selectFrom("incidents").selectAll().where("hub", "=", hub).where("closed_at", "is", null).execute(),
    );
  }

  async closeOfGoneHubs(known: readonly string[], lastSeenBefore: EpochMs, now: EpochMs): Promise<void> {
    await this.#use(({ db }) =>
      db
        .updateTable("incidents")
        .set({ closed_at: now, closed_by: "gone" })
        .where("closed_at", "is", null)
        .where("last_seen_at", "<", lastSeenBefore)
        .$if(known.length > 0, (rows) => rows.where("hub", "not in", known))
        .execute(),
    );
  }

  list(filter: IncidentsFilter): Promise<IncidentRow[]> {
    return this.#use(({ db }) => {
      let rows = db.selectFrom("incidents").selectAll().orderBy("id", "desc").limit(filter.limit);
      if (filter.openOnly) rows = rows.where("closed_at", "is", null);
      if (filter.hub !== undefined) rows = rows.where("hub", "=", filter.hub);
      if (filter.before !== undefined) rows = rows.where("id", "<", filter.before);
      if (filter.group !== undefined) {
        rows = rows.where(({ eb, fn }) =>
          eb(fn<string>("lower", ["consumer_group"]), "=", filter.group?.toLowerCase() ?? ""),
        );
      }
      if (filter.visible !== undefined) rows = rows.where(isVisible(filter.visible));
      return rows.execute();
    });
  }

  /** All that are open, without their texts. */
  headsOfOpen(visible?: VisibleGroups): Promise<OpenIncidentRow[]> {
    return this.#use(({ db }) =>
      db
        .selectFrom("incidents")
        .select(["hub", "store", "consumer_group", "rule_id", "severity", "acknowledged_at"])
        .where("closed_at", "is", null)
        .$if(visible !== undefined, (rows) => rows.where(isVisible(visible ?? [])))
        .execute(),
    );
  }

  async forgetBefore(at: EpochMs): Promise<void> {
    await this.#use(async ({ db }) => {
      await db.deleteFrom("incidents").where("closed_at", "<", at).execute();
      await db
        .deleteFrom("deliveries")
        .where("created_at", "<", at)
        .where("state", "!=", "waiting")
        .execute();
    });
  }
}
