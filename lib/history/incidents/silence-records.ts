import type { Selectable } from "kysely";
import type { EpochMs } from "#lib/core/time.ts";
import type { Tables } from "../storage/tables.ts";
import type { UseEngine } from "../use-engine.ts";

/** A silence. `hub`, `consumer_group` and `rule` are patterns; times are epoch milliseconds. */
export type SilenceRow = Selectable<Tables["silences"]>;

/** Every method @throws AppError `historyUnavailable`. */
export class SilenceRecords {
  readonly #use: UseEngine;

  constructor(use: UseEngine) {
    this.#use = use;
  }

  async add(silence: Omit<SilenceRow, "id">): Promise<number> {
    const { id } = await this.#use(({ db }) =>
      db.insertInto("silences").values(silence).returning("id").executeTakeFirstOrThrow(),
    );
    return id;
  }

  holding(at: EpochMs): Promise<SilenceRow[]> {
    return this.#use(({ db }) =>
      db.selectFrom("silences").selectAll().where("until", ">", at).orderBy("id", "desc").execute(),
    );
  }

  async end(id: number, at: EpochMs): Promise<boolean> {
    const { numUpdatedRows } = await this.#use(({ db }) =>
      db
        .updateTable("silences")
        .set({ until: at })
        .where("id", "=", id)
        .where("until", ">", at)
        .executeTakeFirst(),
    );
    return numUpdatedRows > 0n;
  }

  async forgetBefore(at: EpochMs): Promise<void> {
    await this.#use(({ db }) => db.deleteFrom("silences").where("until", "<", at).execute());
  }
}
