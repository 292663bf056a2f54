import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import { formatCount } from "#lib/core/figures.ts";
import { failureKey } from "./failure-keys.ts";

export interface StaleSource {
  /** Its `failureKey`. */
  key: string;
  name: string;
  /** The oldest reading of them. */
  observedAt: string | null;
  message: string;
  /** How many more `name` names: for one cause many fail. */
  others: number;
}

interface Failing extends Pick<StaleSource, "key" | "observedAt" | "message"> {
  store: string | null;
  hub: string;
  cause: string;
}

/** What could not be read, once for each cause. */
export function staleSources(hubs: readonly EventHub[]): StaleSource[] {
  const byCause = new Map<string, [Failing, ...Failing[]]>();
  for (const each of hubs.flatMap(failingOf)) {
    const key = JSON.stringify([each.store, each.observedAt === null, each.cause]);
    const same = byCause.get(key);
    if (same === undefined) byCause.set(key, [each]);
    else same.push(each);
  }
  return [...byCause.values()].map((those) => {
    const [{ key, store, message }] = those;
    const times = those.flatMap(({ observedAt }) => observedAt ?? []).sort();
    const names = listed(those.map(({ hub }) => hub));
    const name = store === null ? names : `Store ${store} of ${names}`;
    const isSame = those.every((each) => each.message === message);
    return {
      key,
      name,
      observedAt: times[0] ?? null,
      message: isSame ? message : `The first: ${message}`,
      others: those.length - 1,
    };
  });
}

function failingOf(hub: EventHub): Failing[] {
  const stores = hub.checkpointStores.flatMap(({ id: store, observedAt, error }) => {
    if (error === null) return [];
    const { code, message } = error;
    const key = failureKey(store, code);
    return [{ key, store, hub: hub.id, observedAt, message, cause: causeOf(error, null) }];
  });
  // The hub's error may repeat its first failing store's.
  if ((!hub.stale && hub.error === null) || hub.errorStore !== null) return stores;
  if (hub.error === null && stores.length > 0) return stores;
  const error = hub.error ?? { code: "", message: "The last refresh failed." };
  const { observedAt } = hub;
  const key = failureKey(null, error.code);
  const own = { key, store: null, hub: hub.id, observedAt, message: error.message };
  return [{ ...own, cause: causeOf(error, hub.eventHubName) }, ...stores];
}

/** Alike for sources that fail alike. A message names its own hub, or its container in quotes. */
function causeOf({ code, message }: { code: string; message: string }, eventHubName: string | null): string {
  const unnamed = eventHubName === null ? message : message.replaceAll(`event hub ${eventHubName} `, "");
  return `${code} ${unnamed.replaceAll(/"[^"]*"/g, "")}`;
}

const mostNamed = 6;

function listed(names: readonly string[]): string {
  const shown = names.length > mostNamed ? names.slice(0, mostNamed - 1) : names;
  const rest = names.length - shown.length;
  const last = rest > 0 ? `${formatCount(rest)} more` : shown.at(-1);
  const first = rest > 0 ? shown : shown.slice(0, -1);
  return first.length === 0 ? (last ?? "") : `${first.join(", ")} and ${last}`;
}

export function groupStaleSources(group: ConsumerGroup, hub: Pick<EventHub, "id">): StaleSource[] {
  if (!group.stale && group.error === null) return [];
  const message = group.error?.message ?? `The last refresh of ${hub.id} failed.`;
  return [{ key: "group", name: group.name, observedAt: group.observedAt, message, others: 0 }];
}
