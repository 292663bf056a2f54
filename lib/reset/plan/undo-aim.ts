import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { BeforeImage, EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { blobsOf, type Observation } from "./observation.ts";
import type { Aim } from "./plan-entry.ts";

/**
 * True for a move or the undo of a move. Its undo restores exactly what was there, even if that was nothing, wherever
 * the service still takes that position.
 */
export function isUndoneExactly({ target, entries }: Pick<ResetRecord, "target" | "entries">): boolean {
  return (
    target.kind === "move" ||
    entries.some(({ write }) => write?.undoesMove === true || write?.act !== undefined)
  );
}

/**
 * Aims at the blob that a move wrote, or that its undo deleted or restored. A blob that the move created is deleted
 * unless somebody has touched it since.
 */
export function undoAim(
  resetId: string,
  { partitionId, write, before, after }: EntryRecord,
  observation: Observation,
): Aim {
  const { checkpoint, others } = blobsOf(observation, partitionId);
  const all = checkpoint === null ? others : [checkpoint, ...others];
  const blobName = write?.blobName ?? "";
  const standing = all.find((one) => one.blobName === blobName) ?? null;
  const chosen = {
    blob: { blobName, format: "common" as const, etag: standing?.etag ?? null },
    checkpoint: standing,
    others: all.filter((one) => one !== standing),
    blockedBy: null,
  };
  const aim = (blockedBy: Reason | null, more: Partial<Aim> = {}): Aim => ({
    chosen,
    blockedBy,
    occupied: null,
    warnings: [],
    undoesMove: true,
    ...more,
  });
  if (before === null) {
    if (standing === null) return aim(reason("madeIsGone", { blobName }));
    // The etag of a write that arrived after the end is not known. Whoever writes the blob drops the signature.
    const isUntouched = after?.etag
      ? standing.etag === after.etag
      : standing.writtenBy === ownIdentifier(resetId, partitionId);
    return isUntouched
      ? aim(null, { removes: true, warnings: [reason("madeByMove")] })
      : aim(reason("moveTouched", { blobName }));
  }
  const { sequenceNumber, offset } = before;
  if (sequenceNumber === null || offset === null) return aim(null);
  return aim(null, { restores: { sequenceNumber, offset, ...wholeOf(before) } });
}

/** What brings a blob back as it was. Earlier versions recorded no content of moves. */
export function wholeOf({
  metadata,
  base64,
  headers,
  tier,
  tags,
}: BeforeImage): Pick<PlannedWrite, "metadata" | "content"> {
  if (base64 === undefined) return { metadata };
  return { metadata, content: { base64, headers, ...(tier && { tier }), ...(tags && { tags }) } };
}
