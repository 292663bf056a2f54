import type { ConsumerGroup } from "#lib/api/consumer-group.ts";

export type Losing = Pick<ConsumerGroup, "lostEvents" | "lostEventsTotal" | "lostEventsSince">;

/** `since` null: those past the present checkpoint. `isMixed`: of some groups those, of others what was counted. */
export interface Losses {
  events: number;
  since: string | null;
  isMixed?: true;
}

/**
 * What to say of losses: the total since they are counted. The figure past the present checkpoint shrinks as that
 * moves on, so it stands for what was lost only where it is the larger one: they went before anybody watched, or
 * since the last refresh. No word calls it lost.
 */
export function lossesOf({
  lostEvents,
  lostEventsTotal: total,
  lostEventsSince: since,
}: Losing): Losses | null {
  const past = lostEvents ?? 0;
  if (total !== null && total > 0 && total >= past && since !== null) return { events: total, since };
  return past > 0 ? { events: past, since: null } : null;
}

/** Over several groups, each from its own first look; never less than what each of them says. */
export function sumLosses(groups: readonly Losing[]): Losses | null {
  const losses = groups.map(lossesOf).filter((each) => each !== null);
  if (losses.length === 0) return null;
  const events = losses.reduce((sum, each) => sum + each.events, 0);
  const counted = losses.map(({ since }) => since).filter((since) => since !== null);
  if (counted.length < losses.length) {
    return { events, since: null, ...(counted.length > 0 && { isMixed: true }) };
  }
  const [since = null] = counted.sort();
  return { events, since };
}

/** A group's share is its worst partition's. */
export function ofRetained({ partitionCount }: Pick<ConsumerGroup, "partitionCount">): string {
  return `of ${partitionCount === 1 ? "the" : "one partition's"} retained events are unread`;
}

/** Now, past the checkpoint: whose unread events are being deleted. */
export function isLosing({ lostEvents }: Pick<Losing, "lostEvents">): boolean {
  return (lostEvents ?? 0) > 0;
}
