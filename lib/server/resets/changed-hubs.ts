import { AppError } from "#lib/core/app-error.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";

/** How long a plan may be applied. */
export const planLifeMs = 10 * 60_000;

/** When the configuration of a hub last changed: plans that were made before are good no more. */
export class ChangedHubs {
  readonly #changedAt = new Map<string, EpochMs>();

  note(hubs: readonly string[], now: EpochMs): void {
    for (const [hub, at] of this.#changedAt) if (now - at > planLifeMs) this.#changedAt.delete(hub);
    for (const hub of hubs) this.#changedAt.set(hub, now);
  }

  /** @throws AppError `planGone` where the plan was made for the hub as it was configured before */
  check({ hub }: { hub: string }, planExpiresAt: EpochMs): void {
    const changedAt = this.#changedAt.get(hub);
    if (changedAt === undefined || planExpiresAt - planLifeMs > changedAt) return;
    throw new AppError(
      "planGone",
      `The configuration of the event hub ${hub} changed at ${toIso(changedAt)}, after this plan was made. Make a new one.`,
    );
  }
}
