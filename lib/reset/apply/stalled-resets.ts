import type { ResetHead } from "#lib/history/resets/reset-record.ts";

/** A heart that was seen to stand still for so long is dead: its dashboard stops by itself at half of it. */
const deadAfterMs = 5_000;

/** Finds running resets whose dashboards have died, by watching their hearts: no two clocks are compared. */
export class StalledResets {
  readonly #seen = new Map<string, { heartbeat: number; instance: string; since: number }>();

  /**
   * Those whose heart has stood still for long enough.
   * @param running all that run just now, but those that this dashboard runs itself
   * @param uptime milliseconds that only ever grow
   */
  observe(running: readonly ResetHead[], uptime: number): ResetHead[] {
    const ids = new Set(running.map(({ id }) => id));
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id);
    return running.filter(({ id, heartbeat, instance }) => {
      const known = this.#seen.get(id);
      if (known?.heartbeat === heartbeat && known.instance === instance) {
        return uptime - known.since >= deadAfterMs;
      }
      this.#seen.set(id, { heartbeat, instance, since: uptime });
      return false;
    });
  }
}
