import type { z } from "zod";
import { accessSchema, type TokenParts, tokenSchema } from "../access-config.ts";
import { type AlertParts, ruleSchema } from "../alerts-config.ts";
import { channelSchema } from "../channel-config.ts";
import { type ConfigFile, type HubEntry, hubSchema, type StoreEntry, storeSchema } from "../schema.ts";

export interface SoundParts {
  /** In the file's order, so that faults have the right index. Null: nothing readable. */
  eventHubs: readonly (HubParts | null)[];
  alerts: AlertParts;
  access: ConfigFile["access"] | null;
  tokens: readonly TokenParts[];
}

export type HubParts = Omit<HubEntry, "checkpointStores"> & { checkpointStores: readonly StoreEntry[] };

/**
 * Extracts the values that are valid by themselves, so that faults in their combination are reported together
 * with the others.
 */
export function soundParts(value: unknown): SoundParts {
  const { eventHubs, alerts, access } = isRecord(value) ? value : {};
  const { rules, channels } = isRecord(alerts) ? alerts : {};
  const { tokens } = isRecord(access) ? access : {};
  const sections = isRecord(access) ? { ...access, tokens: [] } : access;
  return {
    eventHubs: listOf(eventHubs).map((entry) => (isRecord(entry) ? hubParts(entry) : null)),
    alerts: {
      rules: rules === undefined ? undefined : listOf(rules).map((one) => soundEntry(ruleSchema, one)),
      ruleIds: valuesOf(rules, "id"),
      channels: listOf(channels).map((one) => soundEntry(channelSchema, one)),
      channelIds: valuesOf(channels, "id"),
    },
    access: soundEntry(accessSchema.prefault({}), sections),
    tokens: listOf(tokens).map((token) => soundValues(tokenSchema.shape, isRecord(token) ? token : {})),
  };
}

export function allParts(file: ConfigFile): SoundParts {
  const { eventHubs, alerts, access } = file;
  return {
    eventHubs,
    alerts: {
      ...alerts,
      rules: alerts.rules,
      ruleIds: valuesOf(alerts.rules, "id"),
      channelIds: valuesOf(alerts.channels, "id"),
    },
    access,
    tokens: access.tokens,
  };
}

function hubParts(entry: Record<PropertyKey, unknown>): HubParts {
  return {
    ...soundValues(hubSchema.shape, entry),
    checkpointStores: listOf(entry.checkpointStores).map((store) =>
      soundValues(storeSchema.shape, isRecord(store) ? store : {}),
    ),
  };
}

function soundValues<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
  entry: Record<PropertyKey, unknown>,
): { [Key in keyof Shape]: z.infer<Shape[Key]> } {
  const values = Object.entries(shape).map(([key, schema]) => [key, schema.safeParse(entry[key]).data]);
  return Object.fromEntries(values);
}

function soundEntry<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> | null {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  if (!isRecord(value)) return null;
  const copy = structuredClone(value);
  for (const issue of error.issues) {
    if (issue.code !== "unrecognized_keys") return null;
    const holder = issue.path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), copy);
    if (isRecord(holder)) for (const key of issue.keys) delete holder[key];
  }
  return schema.safeParse(copy).data ?? null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function valuesOf(list: unknown, key: string): readonly unknown[] {
  return listOf(list).map((one) => {
    const value = isRecord(one) ? one[key] : undefined;
    return typeof value === "string" ? value.trim() : undefined;
  });
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return value !== null && typeof value === "object";
}
