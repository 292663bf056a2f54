"use client";

import { Fragment } from "react";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { type ChangePiece, piecesText, shownOwnerId } from "#lib/client/owners/owner-words.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";
import { OwnerName } from "./owner-name.tsx";

/** By a reset's id: who applied it, where that is known. */
export type Actors = ReadonlyMap<string, string>;

export function piecesWords(list: readonly ChangePiece[]): string {
  return piecesText(list, shownOwnerId);
}

/** A sentence over as many lines as it needs: each name keeps its length, up to what tells owners apart. */
export function ChangePieces(props: {
  list: readonly ChangePiece[];
  colors: ReadonlyMap<string, number>;
  actors: Actors;
}) {
  const { list, colors, actors } = props;
  const isSentence = !("text" in (list[0] ?? {}));
  return (
    <span className="block text-pretty break-words py-1.5 leading-6">
      {list.map((piece, index) => {
        const space = index === 0 || ("text" in piece && piece.text.startsWith(",")) ? "" : " ";
        if ("text" in piece) return `${space}${piece.text}`;
        if ("resetId" in piece) {
          const actor = actors.get(piece.resetId);
          return (
            <Fragment key={piece.resetId}>
              {space}
              <Link
                href={resetResultPath(piece.resetId)}
                className="underline decoration-line underline-offset-2 hover:decoration-current"
              >
                <Icon name="pause" className="mr-1.5 inline size-3.5 align-[-2px] text-muted" />
                {isSentence && index === 0 ? "A reset" : "a reset"}
                {actor === undefined ? "" : ` by ${actor}`}
              </Link>
            </Fragment>
          );
        }
        return (
          <Fragment key={piece.ownerId}>
            {space}
            <span className="inline-flex max-w-full align-middle">
              <OwnerName ownerId={piece.ownerId} color={colors.get(piece.ownerId)} />
            </span>
          </Fragment>
        );
      })}
    </span>
  );
}
