import { sql } from "kysely";
import { createWithId, type Migration } from "./migration.ts";

export const incidents: Migration = async (db, kind) => {
  await createWithId(db, kind, "incidents")
    .addColumn("cause", "text", (column) => column.notNull())
    .addColumn("rule_id", "text", (column) => column.notNull())
    .addColumn("severity", "text", (column) => column.notNull())
    .addColumn("hub", "text", (column) => column.notNull())
    .addColumn("store", "text")
    .addColumn("consumer_group", "text")
    .addColumn("since", "bigint", (column) => column.notNull())
    .addColumn("opened_at", "bigint", (column) => column.notNull())
    .addColumn("told_at", "bigint", (column) => column.notNull())
    .addColumn("last_seen_at", "bigint", (column) => column.notNull())
    .addColumn("closed_at", "bigint")
    .addColumn("closed_by", "text")
    .addColumn("summary", "text", (column) => column.notNull())
    .addColumn("worst", "text", (column) => column.notNull())
    .addColumn("worst_measure", "double precision", (column) => column.notNull())
    .execute();
  // One open incident per cause, even if two dashboards see it at once.
  await db.schema
    .createIndex("incidents_open")
    .on("incidents")
    .column("cause")
    .unique()
    .where(sql.ref("closed_at"), "is", null)
    .execute();
  await db.schema.createIndex("incidents_hub").on("incidents").columns(["hub", "id"]).execute();
  await createWithId(db, kind, "deliveries")
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("event", "text", (column) => column.notNull())
    .addColumn("incident_id", "bigint")
    .addColumn("message", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("last_tried_at", "bigint")
    .addColumn("next_try_at", "bigint")
    .addColumn("error", "text")
    .execute();
  await db.schema
    .createIndex("deliveries_waiting")
    .on("deliveries")
    .columns(["state", "channel", "id"])
    .execute();
};
