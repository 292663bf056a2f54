import { z } from "zod";

/** From best to worst; `unknown` is outside the order. The rules: lib/lag/README.md#status. */
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
