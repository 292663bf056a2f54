import { timeSchema } from "#lib/api/scalars.ts";
import { silencedPlaces, silencedRules } from "#lib/client/alerts/quiet.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { type ActivityEntry, isRecord } from "./activity-words.ts";

/** `isId`: to be copied as it is. `isTime`: an ISO time. */
export interface RecordedFact {
  name: string;
  text: string | null;
  isId?: true;
  isTime?: true;
}

const shownElsewhere: ReadonlySet<string> = new Set([
  "message",
  "reason",
  "target",
  "mode",
  "clamped",
  "subject",
  "appliedBy",
  "via",
  // The outcome of a move of groups.
  "groupResults",
]);

const names: Record<string, string> = {
  incidentId: "Incident",
  rule: "Rule",
  until: "Silenced until",
  note: "Note",
  store: "Store",
  toStore: "To store",
  allHubs: "All event hubs",
  groups: "Groups",
  goneSince: "Blobs gone since",
  code: "Code",
  planId: "Plan",
  resetId: "Reset",
  groupMoveId: "Move",
  undoes: "Undoes",
  problems: "Faults",
  eventHubs: "Event hubs",
  alertRules: "Alert rules",
  alertChannels: "Alert channels",
  tokens: "Tokens",
  grants: "Grants",
  access: "Access",
  namespaces: "Namespaces",
  whenRunning: "Running groups",
};

const ids: ReadonlySet<string> = new Set(["code", "planId", "resetId", "groupMoveId", "undoes"]);

/**
 * What an entry holds besides what its row says, in the page's words; `rest`: what has none and is no single value,
 * as it was recorded.
 */
export function recordedDetails({ action, details }: ActivityEntry): {
  facts: RecordedFact[];
  rest: Record<string, unknown>;
} {
  const { hubs, groups, rules, ...others } = details;
  const isSilence = action === "silence" || action === "endSilence";
  const isWhole = isSilence && [hubs, groups, rules].every((each) => typeof each === "string");
  const facts: RecordedFact[] = isWhole
    ? [
        { name: "Silenced", text: showText(silencedPlaces({ hub: String(hubs), group: String(groups) })) },
        { name: "Rules", text: showText(silencedRules({ rule: String(rules) })) },
      ]
    : [];
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(isWhole ? others : details)) {
    if (shownElsewhere.has(key)) continue;
    const fact = factOf(key, value);
    if (fact === null) rest[key] = value;
    else facts.push(fact);
  }
  return { facts, rest };
}

function factOf(key: string, value: unknown): RecordedFact | null {
  const name = Object.hasOwn(names, key) ? (names[key] ?? key) : key;
  if (value === null) return { name, text: null };
  if (typeof value === "boolean") return { name, text: value ? "yes" : "no" };
  if (typeof value === "number") return { name, text: String(value) };
  if (typeof value === "string") {
    if (timeSchema.safeParse(value).success) return { name, text: value, isTime: true };
    return ids.has(key) ? { name, text: value, isId: true } : { name, text: showText(value) };
  }
  if (isTexts(value)) return { name, text: showText(value.join("; ")) };
  const lists = isRecord(value) ? Object.entries(value) : [];
  if (lists.length === 0 || !lists.every((list): list is [string, string[]] => isTexts(list[1]))) return null;
  const named = lists.filter(([, texts]) => texts.length > 0);
  return { name, text: showText(named.map(([what, texts]) => `${what} ${texts.join(", ")}`).join("; ")) };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
