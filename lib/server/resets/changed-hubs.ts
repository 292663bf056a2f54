import { AppError } from "#lib/core/app-error.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";

export const planLifeMs = 10 * 60_000;

/** When each hub's configuration last changed: older plans are void. */
export class ChangedHubs {
  readonly #changedAt = new Map<string, EpochMs>();

  note(hubs: readonly string[], now: EpochMs): void {
    for (const [hub, at] of this.#changedAt) if (now - at > planLifeMs) this.#changedAt.delete(hub);
    for (const hub of hubs) this.#changedAt.set(hub, now);
  }

  check({ hub, createdAt }: { hub: string; createdAt: string }): void {
    const changedAt = this.#changedAt.get(hub);
    if (changedAt === undefined || Date.parse(createdAt) > changedAt) return;
    throw new AppError(
      "planGone",
      `The configuration of the event hub ${hub} changed at ${toIso(changedAt)}, after this plan was made. Make a new one.`,
    );
  }
}
