import type { z } from "zod";
import { accessSchema } from "./access-config.ts";
import { alertsSchema } from "./alerts-config.ts";
import { type ConfigFile, type HubEntry, hubSchema } from "./schema.ts";

/** What can be looked into further, of a file that may be faulty elsewhere. Null: that part is not sound. */
export interface SoundParts {
  /** In the file's order, so that a fault is told with the right number. */
  eventHubs: readonly (HubEntry | null)[];
  alerts: ConfigFile["alerts"] | null;
  access: ConfigFile["access"] | null;
}

/**
 * The parts of a faulty file that are sound by themselves, or would be without their unknown keys: what is wrong
 * inside them is then told with the rest, and not only once the rest is mended.
 */
export function soundParts(value: unknown, issues: readonly z.core.$ZodIssue[]): SoundParts {
  const known = withoutUnknownKeys(value, issues);
  const { eventHubs, alerts, access } = isRecord(known) ? known : {};
  return {
    eventHubs: Array.isArray(eventHubs)
      ? eventHubs.map((entry) => hubSchema.safeParse(entry).data ?? null)
      : [],
    alerts: alertsSchema.prefault({}).safeParse(alerts).data ?? null,
    access: accessSchema.prefault({}).safeParse(access).data ?? null,
  };
}

function withoutUnknownKeys(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const holder = issue.path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), copy);
    if (isRecord(holder)) for (const key of issue.keys) delete holder[key];
  }
  return copy;
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return value !== null && typeof value === "object";
}
