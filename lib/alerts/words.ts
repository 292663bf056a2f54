import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { LagState } from "#lib/api/status.ts";

/** Texts of alerts leave the building, so they follow no reader's language: English, with commas. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 7_200) return `${Math.round(whole / 60)} min`;
  if (whole < 172_800) return `${(whole / 3_600).toFixed(1)} h`;
  return `${(whole / 86_400).toFixed(1)} days`;
}

/** Rounded down: 99.9 % is not 100 %. */
export function percentText(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

const unknownCauses: Partial<Record<LagState, string>> = {
  ahead: "a checkpoint is of another stream than the one that is there now",
  unreadable: "a checkpoint can't be read",
  unknown: "a partition could not be read",
  noCheckpoint: "there is no checkpoint where events wait",
};

/** Why a group's status is not known; null: nothing but time is missing. */
export function unknownText(cause: LagState | null): string {
  const why = (cause === null ? undefined : unknownCauses[cause]) ?? "too few checkpoints were seen so far";
  return `How the group does is not known: ${why}.`;
}

/** What is the matter with so many partitions. */
export function lagStateText(state: LagState, partitions: number): string {
  const where = countText(partitions, "partition");
  const texts: Record<LagState, string> = {
    ok: `${where} with a checkpoint within the stream.`,
    empty: `${where} without an event.`,
    noCheckpoint: `No checkpoint on ${where}.`,
    behindRetention: `Retention has overtaken the checkpoint on ${where}.`,
    ahead: `The checkpoint on ${where} lies past the end of the stream: it is of another one, and the group's processors fail on it or skip what comes.`,
    unreadable: `The checkpoint on ${where} can't be read.`,
    unknown: `${where} could not be read.`,
  };
  return texts[state];
}

/** Of a group that is gone. */
export function goneText({
  store,
  lastCheckpointAt,
}: Pick<ConsumerGroup, "store" | "lastCheckpointAt">): string {
  const last = lastCheckpointAt === null ? "" : ` Its last checkpoint was written at ${lastCheckpointAt}.`;
  return `All of its blobs in the store ${store} are deleted: whoever starts it again reads from its default position.${last} Dismiss the group where that was meant.`;
}
