"use client";

import { useState } from "react";
import { ConfirmByName } from "#components/resets/confirm-by-name.tsx";
import { StickyBar } from "#components/resets/sticky-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import type { GroupMove } from "#lib/api/plans/group-moves.ts";
import { plural } from "#lib/client/format/format.ts";
import { movableOf } from "#lib/client/moves/group-move-words.ts";
import { isSameName } from "#lib/core/name-pattern.ts";

interface Props {
  move: GroupMove;
  whyNot: string | null;
  isBusy: boolean;
  onApply: (confirm: string) => void;
  onBack: () => void;
}

export function ConfirmGroups({ move, whyNot, isBusy, onApply, onBack }: Props) {
  const [typed, setTyped] = useState("");
  const { store } = move.to;
  const movable = movableOf(move);
  const isUndo = move.undoes !== null;
  const why =
    whyNot ??
    (movable === 0 ? `No group can be ${isUndo ? "undone" : "moved"}: see what is in their way.` : null) ??
    (isBusy ? "Beginning…" : isSameName(typed.trim(), store) ? null : `Type ${store} first.`);
  return (
    <StickyBar>
      <ConfirmByName
        name={store}
        typed={typed}
        onType={setTyped}
        onConfirm={why === null ? () => onApply(typed.trim()) : null}
      >
        <Button onClick={onBack}>Back</Button>
        <Button look="primary" type="submit" whyDisabled={why}>
          {isBusy ? "Beginning…" : `${isUndo ? "Undo" : "Move"} ${plural(movable, "group")}`}
        </Button>
      </ConfirmByName>
    </StickyBar>
  );
}
