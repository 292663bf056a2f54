import {
  Ban,
  Check,
  CircleDashed,
  CircleSlash2,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
  X,
} from "lucide-react";
import { Chip } from "#components/ui/chip.tsx";
import type { GroupMove, GroupMoveResult } from "#lib/api/plans/group-moves.ts";
import { wordKey } from "#lib/client/help/explanation-keys.ts";
import { resultWordsOf } from "#lib/client/moves/group-move-words.ts";

const icons: Record<GroupMoveResult, LucideIcon> = {
  pending: CircleDashed,
  ready: Check,
  blocked: Ban,
  waiting: Hourglass,
  moving: LoaderCircle,
  moved: Check,
  partly: TriangleAlert,
  unchanged: Check,
  skipped: CircleSlash2,
  failed: X,
};

interface Props {
  move: Pick<GroupMove, "undoes">;
  result: GroupMoveResult;
}

export function GroupResultChip({ move, result }: Props) {
  const { word, tone } = resultWordsOf(move)[result];
  const Icon = icons[result];
  return (
    <Chip
      tone={tone}
      word={word}
      about={wordKey("groupMove", result)}
      icon={<Icon aria-hidden className="size-3.5" strokeWidth={2.5} />}
    />
  );
}
