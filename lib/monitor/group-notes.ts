import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { SeveralCheckpoints } from "#lib/lag/rival-checkpoints.ts";

type Note = ConsumerGroup["notes"][number];

/** Partitions that have an owner and no checkpoint, and nothing to read since the owner came. */
export function awaitingNote(partitionIds: string[]): Note[] {
  if (partitionIds.length === 0) return [];
  const where = partitionIds.length === 1 ? "1 partition has" : `${partitionIds.length} partitions have`;
  return [
    {
      kind: "awaitingFirstEvent",
      partitionIds,
      text: `${where} an owner and no checkpoint. Nothing was enqueued there since the owner came, so that nothing is due: how the group does there shows with the next event.`,
    },
  ];
}

/** What is odd about a group and belongs on its page: checkpoints that stand twice, and those that move twice. */
export function groupNotes(
  several: ReadonlyMap<string, SeveralCheckpoints>,
  expirationSeconds: number,
): Note[] {
  const all = [...several.values()];
  const contested = all.filter(({ isContested }) => isContested);
  const quiet = all.filter(({ isContested }) => !isContested);
  const notes: Note[] = [];
  if (contested.length > 0) {
    notes.push({
      kind: "contestedCheckpoints",
      partitionIds: contested.map(({ partitionId }) => partitionId),
      text:
        `${count(contested.length)} moved in ${placesOf(contested)} within the last ${expirationSeconds} s: ` +
        "two kinds of processors are at work on this group. The newest counts; a reset has to wait until one of them stops.",
    });
  }
  if (quiet.length > 0) {
    notes.push({
      kind: "severalCheckpoints",
      partitionIds: quiet.map(({ partitionId }) => partitionId),
      text: `${count(quiet.length)} also stand in ${placesOf(quiet)}. The newest of each partition counts.`,
    });
  }
  return notes;
}

function count(partitions: number): string {
  return partitions === 1 ? "The checkpoint of 1 partition" : `The checkpoints of ${partitions} partitions`;
}

/** `another layout (functions beside common)` or `another spelling of the names`. */
function placesOf(several: readonly SeveralCheckpoints[]): string {
  const layouts = new Set(
    several.flatMap(({ counted, others }) => [counted, ...others].map(({ format }) => format)),
  );
  const respelled = several.some(({ counted, others }) =>
    others.some(({ format }) => format === counted.format),
  );
  const places = [
    ...(layouts.size > 1 ? [`more than one layout (${[...layouts].sort().join(", ")})`] : []),
    ...(respelled ? ["more than one spelling of the names"] : []),
  ];
  return places.join(" and ");
}
