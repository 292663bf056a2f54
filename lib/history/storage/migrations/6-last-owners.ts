import type { Migration } from "./migration.ts";

export const lastOwners: Migration = async (db) => {
  await db.schema.alterTable("reset_entries").addColumn("last_owner_id", "text").execute();
};
