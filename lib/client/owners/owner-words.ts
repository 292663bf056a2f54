import type { Owners } from "#lib/api/history.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { isProcessor, ownerText } from "#lib/core/holding-owner.ts";

export type OwnerChange = Owners["changes"][number];
export type OwnerSpan = Owners["spans"][number];

const shownLength = 20;
const shownEnd = 6;

/**
 * Shortens an owner id but keeps both ends: pods of a deployment differ at the end, random ids anywhere. A
 * reset's own ids mean nothing to a reader.
 */
export function shortOwnerId(ownerId: string): string {
  if (!isProcessor(ownerId)) return ownerText(ownerId);
  const text = showText(ownerId);
  const letters = [...text];
  return letters.length <= shownLength + 1
    ? text
    : `${letters.slice(0, shownLength - shownEnd).join("")}…${letters.slice(-shownEnd).join("")}`;
}

export type ChangePiece = { text: string } | { ownerId: string };

export function changePieces({ kind, ownerId, previousOwnerId }: OwnerChange): ChangePiece[] {
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
  return changePieces(change)
    .map((piece) => ("text" in piece ? piece.text : shortOwnerId(piece.ownerId)))
    .join(" ");
}

export function endText(endedBy: OwnerSpan["endedBy"], to: string | number | null): string {
  if (to === null || endedBy === null) return "still owned";
  return {
    claimed: "another owner claimed it",
    stolen: "stolen by another owner",
    released: "released",
    expired: "expired: not renewed in time",
  }[endedBy];
}
