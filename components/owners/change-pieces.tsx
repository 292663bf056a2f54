"use client";

import { Pause } from "lucide-react";
import Link from "next/link";
import { type ChangePiece, piecesText, shownOwnerId } from "#lib/client/owners/owner-words.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";
import { OwnerName } from "./owner-name.tsx";

/** By a reset's id: who applied it, where that is known. */
export type Actors = ReadonlyMap<string, string>;

export function piecesWords(list: readonly ChangePiece[]): string {
  return piecesText(list, shownOwnerId);
}

/** A sentence in one line. Names give way first, then its last words. */
export function ChangePieces(props: {
  list: readonly ChangePiece[];
  colors: ReadonlyMap<string, number>;
  actors: Actors;
}) {
  const { list, colors, actors } = props;
  const isSentence = !("text" in (list[0] ?? {}));
  return (
    <span className="flex min-w-0 items-center overflow-hidden" data-tip={piecesWords(list)}>
      {list.map((piece, index) => {
        const space = index === 0 || ("text" in piece && piece.text.startsWith(",")) ? "" : "ml-1.5";
        if ("text" in piece) {
          return (
            <span
              key={piece.text}
              className={`${index === list.length - 1 ? "min-w-0 truncate" : "shrink-0"} ${space}`}
            >
              {piece.text}
            </span>
          );
        }
        if ("resetId" in piece) {
          const actor = actors.get(piece.resetId);
          return (
            <Link
              key={piece.resetId}
              href={resetResultPath(piece.resetId)}
              prefetch={false}
              className={`inline-flex shrink-0 items-center gap-1.5 underline decoration-line underline-offset-2 hover:decoration-current ${space}`}
            >
              <Pause aria-hidden className="size-3.5 shrink-0 text-muted" />
              <span className="max-w-[24ch] truncate">
                {isSentence && index === 0 ? "A reset" : "a reset"}
                {actor === undefined ? "" : ` by ${actor}`}
              </span>
            </Link>
          );
        }
        return (
          <span key={piece.ownerId} className={`flex min-w-0 shrink-[8] ${space}`}>
            <OwnerName ownerId={piece.ownerId} color={colors.get(piece.ownerId)} />
          </span>
        );
      })}
    </span>
  );
}
