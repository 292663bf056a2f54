import type { EpochMs } from "#lib/core/time.ts";
import type { ActivityEntry } from "#lib/history/activity.ts";
import type { Config } from "#lib/server/config/config.ts";
import { fingerprint } from "./fingerprint.ts";
import type { HubChanges } from "./hub-changes.ts";

const atStartAlone = ["refreshSeconds", "history", "liveResets", "mcp"] as const;

export function needsRestart(before: Config, after: Config): string[] {
  return atStartAlone.filter((key) => fingerprint(before[key]) !== fingerprint(after[key]));
}

export function otherChanges(before: Config, after: Config): Record<string, unknown> {
  const named = <T>(list: (config: Config) => readonly T[], nameOf: (one: T) => string) => {
    const [old, now] = [before, after].map(
      (config) => new Map(list(config).map((one) => [nameOf(one), fingerprint(one)])),
    );
    if (old === undefined || now === undefined) return null;
    const change = {
      added: [...now.keys()].filter((name) => !old.has(name)),
      removed: [...old.keys()].filter((name) => !now.has(name)),
      changed: [...now]
        .filter(([name, print]) => old.has(name) && old.get(name) !== print)
        .map(([name]) => name),
    };
    return Object.values(change).every((names) => names.length === 0) ? null : change;
  };
  const isOther = (part: (config: Config) => unknown) =>
    fingerprint(part(before)) !== fingerprint(part(after));
  const found: Record<string, unknown> = {
    alertRules: named(
      ({ alerts }) => alerts.rules,
      ({ id }) => id,
    ),
    alertChannels: named(
      ({ alerts }) => alerts.channels,
      ({ id }) => id,
    ),
    tokens: named(
      ({ access }) => access.tokens,
      ({ name }) => name,
    ),
    grants: isOther(({ access }) => access.grants) ? "changed" : null,
    access: isOther(({ access: { contact, rolesClaim, probes, metrics } }) => [
      contact,
      rolesClaim,
      probes,
      metrics,
    ])
      ? "changed"
      : null,
    namespaces: isOther(({ namespaces }) => namespaces) ? "changed" : null,
  };
  return Object.fromEntries(Object.entries(found).filter(([, change]) => change !== null));
}

export function changedActivity(
  hubs: Omit<HubChanges, "held">,
  others: Record<string, unknown>,
  now: EpochMs,
): ActivityEntry | null {
  const eventHubs = Object.fromEntries(Object.entries(hubs).filter(([, ids]) => ids.length > 0));
  const details = { ...(Object.keys(eventHubs).length > 0 && { eventHubs }), ...others };
  if (Object.keys(details).length === 0) return null;
  return { ...subject, at: now, outcome: "done", details };
}

export function refusedConfiguration(problems: readonly string[], now: EpochMs): ActivityEntry {
  const message = "The configuration file has faults; what was read before holds.";
  return { ...subject, at: now, outcome: "refused", details: { message, problems: problems.slice(0, 20) } };
}

const subject = { actor: "tidemark", action: "configuration", hub: "", group: null };
