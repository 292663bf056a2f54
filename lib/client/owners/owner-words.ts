import type { Owners } from "#lib/api/history.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { isProcessor, ownerText, resetHolding } from "#lib/core/holding-owner.ts";

export type OwnerChange = Owners["changes"][number];
export type OwnerSpan = Owners["spans"][number];

const shownLength = 20;
const shownEnd = 6;

/** An owner id that may be shown, whole. */
export function shownOwnerId(ownerId: string): string {
  return showText(ownerText(ownerId));
}

/**
 * Shortens an owner id but keeps both ends: pods of a deployment differ at the end, random ids anywhere. A
 * reset's own ids mean nothing to a reader.
 */
export function shortOwnerId(ownerId: string): string {
  const text = shownOwnerId(ownerId);
  if (!isProcessor(ownerId)) return text;
  const letters = [...text];
  return letters.length <= shownLength + 1
    ? text
    : `${letters.slice(0, shownLength - shownEnd).join("")}…${letters.slice(-shownEnd).join("")}`;
}

export type ChangePiece = { text: string } | { ownerId: string } | { resetId: string };

const resetOf = (ownerId: string | null) =>
  ownerId === null ? null : (resetHolding(ownerId)?.resetId ?? null);

/** A live reset takes partitions without stealing, and is no owner. */
function resetPieces({ kind, ownerId, previousOwnerId }: OwnerChange): ChangePiece[] | null {
  const [taking, ending] = [resetOf(ownerId), resetOf(previousOwnerId)];
  if (taking !== null) return [{ text: "paused by" }, { resetId: taking }];
  if (ending === null) return null;
  if (kind === "released" || kind === "expired") return [{ text: "let go by" }, { resetId: ending }];
  return ownerId === null ? null : [{ text: "claimed by" }, { ownerId }];
}

export function changePieces(change: OwnerChange): ChangePiece[] {
  const { kind, ownerId, previousOwnerId } = change;
  const ofReset = resetPieces(change);
  if (ofReset !== null) return ofReset;
  const by = (verb: string, id: string | null): ChangePiece[] =>
    id === null ? [{ text: verb }] : [{ text: `${verb} by` }, { ownerId: id }];
  switch (kind) {
    case "claimed":
      return by("claimed", ownerId);
    case "stolen":
      return previousOwnerId === null
        ? by("stolen", ownerId)
        : [...by("stolen", ownerId), { text: "from" }, { ownerId: previousOwnerId }];
    case "released":
      return by("released", previousOwnerId);
    case "expired":
      return previousOwnerId === null
        ? [{ text: "expired" }]
        : [{ text: "expired, last held by" }, { ownerId: previousOwnerId }];
  }
}

export function changeText(change: OwnerChange): string {
  return piecesText(changePieces(change), shortOwnerId);
}

/** The pieces as a sentence. A piece that begins with a comma follows without a blank. */
export function piecesText(pieces: readonly ChangePiece[], name: (ownerId: string) => string): string {
  return pieces
    .map((piece) => ("text" in piece ? piece.text : "ownerId" in piece ? name(piece.ownerId) : "a reset"))
    .join(" ")
    .replaceAll(" ,", ",");
}

/** @param next the owner of the partition's next span, if one follows */
export function endText(
  endedBy: OwnerSpan["endedBy"],
  to: string | number | null,
  ownerId = "",
  next: string | null = null,
): string {
  if (to === null || endedBy === null) return isProcessor(ownerId) ? "still owned" : "still paused";
  if (!isProcessor(ownerId)) return endedBy === "released" ? "the reset let go" : "the reset is over";
  if (endedBy === "stolen" && resetOf(next) !== null) return "paused by a reset";
  return {
    claimed: "another owner claimed it",
    stolen: "stolen by another owner",
    released: "released",
    expired: "expired: not renewed in time",
  }[endedBy];
}
