import { type DemoGroup, demoGroups, demoHubs } from "#lib/sandbox/demo/world.ts";
import { ownership } from "../fixtures/sources.ts";
import type { GroupBlobs, SimulatedDay, SimulatedGroup, SimulatedHub } from "./simulated-day.ts";

const renewSeconds = 5;
const expireSeconds = 30;
/** A killed or deployed processor is back after this. Then it claims what is free. */
const backAfterSeconds = 5;

export function demoDay(consumerGroup: string): { hub: SimulatedHub; group: SimulatedGroup } {
  const group = demoGroups.find((each) => each.consumerGroup === consumerGroup);
  const hub = demoHubs.find(({ name }) => name === group?.eventHub);
  if (group === undefined || hub === undefined) throw new Error(`The demo has no group ${consumerGroup}.`);
  const { eventsPerSecondPerPartition: perSecond, firstSequenceNumber, history } = hub;
  const isUsed = history > 0 || perSecond > 0;
  return {
    hub: {
      partitionIds: Array.from({ length: Math.min(hub.partitionCount, 4) }, (_, index) => String(index)),
      lastAt: (_, seconds) =>
        isUsed ? firstSequenceNumber + history - 1 + Math.floor(sentAfter(seconds) * perSecond) : -1,
      kept: () => hub.retainedPerPartition,
    },
    group: { name: consumerGroup, step: (blobs, day) => step(blobs, day, group) },
  };
}

function sentAfter(seconds: number): number {
  const turn = (2 * Math.PI) / 90;
  return seconds + (0.5 * (1 - Math.cos(seconds * turn))) / turn;
}

interface Life {
  ownerId: string;
  /** The processor was killed or deployed at this second and is not back. Null: it runs. */
  endedAt: number | null;
  wasKilled: boolean;
}

function step(blobs: GroupBlobs, day: SimulatedDay, group: DemoGroup): void {
  const { processors, behaviour } = group;
  for (const [index, id] of day.partitionIds.entries()) {
    const life = lifeOf(index % processors, day.seconds, group);
    const { endedAt, wasKilled, ownerId } = life;
    const until = endedAt ?? day.seconds;
    const renewedAt = day.startedAt + Math.floor(until / renewSeconds) * renewSeconds * 1000;
    const isReleased = endedAt !== null && !wasKilled;
    blobs.ownerships.set(id, ownership(id, isReleased ? "" : ownerId, renewedAt));
    // Batches of one partition end at other seconds than those of the next.
    const behind = (Math.floor(until) + index) % behaviour.checkpointSeconds;
    const at = Math.floor(until) - behind;
    const position = day.lastOf(id, at);
    if (at > 0 && position >= 0) blobs.checkpoint(day, id, position, day.startedAt + at * 1000);
  }
}

function lifeOf(processor: number, seconds: number, { consumerGroup, ...group }: DemoGroup): Life {
  const every = group.restartEverySeconds ?? Number.POSITIVE_INFINITY;
  const turns = Math.floor(seconds / every);
  let last = turns;
  while (last > 0 && (last - 1) % group.processors !== processor) last -= 1;
  const ownerId = `${consumerGroup}-${processor}-${last}`;
  if (last === 0) return { ownerId, endedAt: null, wasKilled: false };
  const wasKilled = last % 2 === 0;
  const endedAt = last * every;
  const isAway = seconds - endedAt < (wasKilled ? expireSeconds : backAfterSeconds);
  const before = `${consumerGroup}-${processor}-${Math.max(0, last - group.processors)}`;
  return isAway ? { ownerId: before, endedAt, wasKilled } : { ownerId, endedAt: null, wasKilled };
}
