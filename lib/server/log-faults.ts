import type { Fault } from "#lib/api/errors.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import { log } from "./http/log.ts";

/** Logs a source's fault when it comes, changes and goes, not at every refresh. */
export function logFaults(monitor: Monitor): void {
  const standing = new Map<string, string>();
  const note = (hub: string, source: string, fault: Fault | null) => {
    const key = JSON.stringify([hub, source]);
    const before = standing.get(key);
    if (fault === null) {
      if (standing.delete(key)) {
        log.info({ hub, source }, "Readable again.");
      }
    } else if (before !== fault.code) {
      standing.set(key, fault.code);
      log.warn({ hub, source, code: fault.code }, fault.message);
    }
  };
  monitor.subscribe(({ eventHub }) => {
    const stores = eventHub.checkpointStores;
    const ownFault = stores.some(({ error }) => error === eventHub.error) ? null : eventHub.error;
    note(eventHub.id, "event hub", ownFault);
    for (const store of stores) {
      note(eventHub.id, `checkpoint store ${store.id}`, store.error);
    }
  });
}
