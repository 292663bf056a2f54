import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { noteReasons } from "#lib/api/reasons/notes.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { smallest } from "#lib/core/known.ts";
import { toIso } from "#lib/core/time.ts";
import type { SeveralCheckpoints } from "#lib/lag/rival-checkpoints.ts";

type Note = ConsumerGroup["notes"][number];
type NoteCode = keyof typeof noteReasons;

export function note(why: Reason<NoteCode>, partitionIds: string[]): Note {
  return { ...toWire(why), partitionIds };
}

export function awaitingNote(partitionIds: string[]): Note[] {
  const partitions = partitionIds.length;
  return partitions === 0 ? [] : [note(reason("awaitingFirstEvent", { partitions }), partitionIds)];
}

export function notResumedNote(partitions: readonly GroupPartition[]): Note[] {
  const those = partitions.filter(({ statusReason }) => statusReason?.code === "notResumed");
  const [first] = those;
  const written = smallest(those.map(({ checkpoint }) => checkpoint && Date.parse(checkpoint.updatedAt)));
  if (first === undefined || written === null) return [];
  const why = reason("partitionsNotResumed", {
    partitions: those.length,
    writtenAt: toIso(written),
    nextSequenceNumber: (first.checkpoint?.sequenceNumber ?? -1) + 1,
  });
  return [
    note(
      why,
      those.map(({ partitionId }) => partitionId),
    ),
  ];
}

export function groupNotes(
  several: ReadonlyMap<string, SeveralCheckpoints>,
  expirationSeconds: number,
): Note[] {
  const all = [...several.values()];
  const contested = all.filter(({ isContested }) => isContested);
  const quiet = all.filter(({ isContested }) => !isContested);
  const moving = reason("contestedCheckpoints", { ...placesOf(contested), expirationSeconds });
  return [
    ...(contested.length === 0 ? [] : [note(moving, idsOf(contested))]),
    ...(quiet.length === 0 ? [] : [note(reason("severalCheckpoints", placesOf(quiet)), idsOf(quiet))]),
  ];
}

function idsOf(several: readonly SeveralCheckpoints[]): string[] {
  return several.map(({ partitionId }) => partitionId);
}

function placesOf(several: readonly SeveralCheckpoints[]) {
  const layouts = new Set(
    several.flatMap(({ counted, others }) => [counted, ...others].map(({ format }) => format)),
  );
  const isRespelled = several.some(({ counted, others }) =>
    others.some(({ format }) => format === counted.format),
  );
  return { partitions: several.length, layouts: [...layouts].sort(), isRespelled };
}
