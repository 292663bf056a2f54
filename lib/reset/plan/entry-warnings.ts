import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { formatCount } from "#lib/lag/counts.ts";
import type { CheckpointBlob } from "./checkpoint-blob.ts";
import type { Landing } from "./land.ts";
import type { Standing } from "./standing.ts";

/** What a person should know of one partition before it is reset. */
export function entryWarnings(
  chosen: CheckpointBlob,
  standing: Standing,
  { target, clamp, warnings }: Landing,
): string[] {
  const { checkpoint } = chosen;
  return [
    ...(clamp === null ? [] : [`${clamp.text} The ${edgeNames[clamp.to]} is taken.`]),
    ...warnings,
    ...(checkpoint !== null && isSame(checkpoint, target)
      ? ["The partition stands there already: the reset changes nothing on it."]
      : []),
    ...(checkpoint === null
      ? ["There is no checkpoint yet: one is made, which an undo can't take away again."]
      : []),
    ...(checkpoint?.unreadable != null ? [`${checkpoint.unreadable} The reset repairs it.`] : []),
    ...(standing.next === null && standing.state === "ahead" ? [`${capital(standing.fault)}.`] : []),
    ...(standing.next !== null && standing.lost > 0
      ? [`${formatCount(standing.lost)} events left the stream before the group processed them.`]
      : []),
    ...treeWarnings(chosen),
  ];
}

/** Of a partition's other checkpoints, none of which is written. */
export function treeWarnings({ blob, checkpoint, others }: CheckpointBlob): string[] {
  return others.map(({ blobName, updatedAt }) =>
    blob !== null && updatedAt > (checkpoint?.updatedAt ?? 0)
      ? `The newest checkpoint of this partition stands in ${blobName}, and the group's processors have moved since: they read ${blob.blobName}, which is written. The other is left alone.`
      : `An older checkpoint of this partition also stands in ${blobName}; it is left alone.`,
  );
}

const edgeNames = { earliest: "start of the stream", latest: "end of the stream" } as const;

function isSame({ sequenceNumber, offset }: StoredCheckpoint, target: Landing["target"]): boolean {
  return sequenceNumber === target.sequenceNumber && offset === target.offset;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
