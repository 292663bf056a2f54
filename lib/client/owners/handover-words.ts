import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";
import type { Handover } from "./handover.ts";
import type { ChangePiece } from "./owner-words.ts";

const text = (words: string): ChangePiece => ({ text: words });

function somePartitions(ids: readonly string[]): string {
  return ids.length === 1 ? `partition ${ids[0]}` : plural(ids.length, "partition");
}

/** One owner by its name, several by their number. */
function who(owners: readonly (string | null)[], many = "processors"): ChangePiece {
  const [owner = null] = owners;
  if (owners.length > 1)
    return text(many === "" ? formatCount(owners.length) : `${formatCount(owners.length)} ${many}`);
  return owner === null ? text("an unknown owner") : { ownerId: owner };
}

function gapText({ gapSeconds, from, to }: Handover): string {
  if (gapSeconds === null || gapSeconds < 1) return "";
  const most = from.length > 1 || to.length > 1 ? "at most " : "";
  return `, ${most}${formatDuration(gapSeconds)} without an owner`;
}

/** A piece that begins with a comma follows the one before it without a blank. */
export function handoverPieces(handover: Handover): ChangePiece[] {
  const joined: ChangePiece[] = [];
  for (const piece of piecesOf(handover)) {
    const last = joined.at(-1);
    if (last === undefined || !("text" in last) || !("text" in piece)) joined.push(piece);
    else
      joined[joined.length - 1] = text(`${last.text}${piece.text.startsWith(",") ? "" : " "}${piece.text}`);
  }
  return joined;
}

function piecesOf(handover: Handover): ChangePiece[] {
  const { kind, from, to, partitionIds } = handover;
  const some = somePartitions(partitionIds);
  const gap = gapText(handover);
  const tail = gap === "" ? [] : [text(gap)];
  switch (kind) {
    case "handed": {
      if (from.some((owner) => to.includes(owner))) {
        const all = new Set([...from, ...to]).size;
        return [text(`${some} went from owner to owner among ${plural(all, "processor")}${gap}`)];
      }
      return [who(from), text(`handed ${some} to`), who(to, from.length > 1 ? "others" : undefined), ...tail];
    }
    case "again":
      return [who(from), text(`released and claimed ${some} again${gap}`)];
    case "expired":
      return [
        who(to),
        text(`took over ${some} from`),
        ...(from.length > 1
          ? [text(`${formatCount(from.length)} that expired${gap}`)]
          : [who(from), text(`, which expired${gap}`)]),
      ];
    case "stolen":
      return [who(to), text(`stole ${some} from`), who(from)];
    case "claimed":
      return [who(to), text(`claimed ${some}`)];
    case "released":
      return [who(from), text(`released ${some}`)];
    case "lost":
      return [who(from), text(`expired on ${some}`)];
    case "paused":
      return pausePieces(handover, some);
  }
}

function pausePieces({ pause, gapSeconds }: Handover, some: string): ChangePiece[] {
  if (pause === undefined) return [];
  const { resetId, heldSeconds, isAlike, isOver } = pause;
  const length =
    heldSeconds === null ? "" : ` for ${isAlike ? "" : "at most "}${formatDuration(heldSeconds)}`;
  const verb = isOver ? "paused" : "has paused";
  const gap =
    gapSeconds === null || gapSeconds < 1
      ? ""
      : `, then at most ${formatDuration(gapSeconds)} without an owner`;
  return [{ resetId }, text(`${verb} ${some}${length}${gap}`)];
}
