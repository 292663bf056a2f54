import { z } from "zod";

/** The rules: lib/lag/README.md#status. From best to worst; `unknown` stands beside the order. */
export const statuses = ["ok", "warn", "stall", "rewind", "stop", "unknown"] as const;
export const statusSchema = z.enum(statuses).meta({ id: "Status" });
export type Status = z.infer<typeof statusSchema>;

const lagStates = [
  "ok",
  "empty",
  "noCheckpoint",
  "behindRetention",
  "ahead",
  "unreadable",
  "unknown",
] as const;
export const lagStateSchema = z.enum(lagStates).meta({ id: "LagState" });
export type LagState = z.infer<typeof lagStateSchema>;
