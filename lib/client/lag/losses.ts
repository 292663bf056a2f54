import type { ConsumerGroup } from "#lib/api/consumer-group.ts";

export type Losing = Pick<ConsumerGroup, "lostEvents" | "lostEventsTotal" | "lostEventsSince">;

/** `since` null: gone before anybody watched, so only those past the present checkpoint are known. */
export interface Losses {
  events: number;
  since: string | null;
}

/**
 * What to say of losses: the total since they are counted. The figure past the present checkpoint shrinks as that
 * moves on, so it stands for what was lost only where nothing else is known, and no word calls it lost.
 */
export function lossesOf({
  lostEvents,
  lostEventsTotal: total,
  lostEventsSince: since,
}: Losing): Losses | null {
  if (total !== null && total > 0 && since !== null) return { events: total, since };
  return lostEvents !== null && lostEvents > 0 ? { events: lostEvents, since: null } : null;
}

/** Over several groups, each from its own first look. */
export function sumLosses(groups: readonly Losing[]): Losses | null {
  const losses = groups.map(lossesOf).filter((each) => each !== null);
  const counted = losses.filter(({ since }) => since !== null);
  const those = counted.length > 0 ? counted : losses;
  if (those.length === 0) return null;
  const events = those.reduce((sum, each) => sum + each.events, 0);
  const [since = null] = those.map((each) => each.since).sort();
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
