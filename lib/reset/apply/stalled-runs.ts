/** A reset or a move of several groups, which its dashboard keeps alive by heartbeats. */
export interface Beating {
  id: string;
  heartbeat: number;
  instance: string;
}

/** One without a heartbeat for this long is dead: its dashboard stops itself at half of it. */
const deadAfterMs = 5_000;

/** Finds runs of dead dashboards by watching their heartbeats. Compares no two clocks. */
export class StalledRuns<T extends Beating> {
  readonly #seen = new Map<string, { heartbeat: number; instance: string; since: number }>();

  /**
   * Returns the runs without a heartbeat for long enough.
   * @param running all runs but this dashboard's own
   * @param uptime milliseconds of a clock that never goes back
   */
  observe(running: readonly T[], uptime: number): T[] {
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
