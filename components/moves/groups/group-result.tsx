import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { IconName } from "#components/ui/icons/icon-names.ts";
import type { GroupMove, GroupMoveResult } from "#lib/api/plans/group-moves.ts";
import { wordKey } from "#lib/client/help/explanation-keys.ts";
import { resultWordsOf } from "#lib/client/moves/group-move-words.ts";

const icons: Record<GroupMoveResult, IconName> = {
  pending: "circle-dashed",
  ready: "check",
  blocked: "ban",
  waiting: "hourglass",
  moving: "loader-circle",
  moved: "check",
  partly: "triangle-alert",
  unchanged: "check",
  skipped: "circle-slash-2",
  failed: "x",
};

interface Props {
  move: Pick<GroupMove, "undoes">;
  result: GroupMoveResult;
}

export function GroupResultChip({ move, result }: Props) {
  const { word, tone } = resultWordsOf(move)[result];
  return (
    <Chip
      tone={tone}
      word={word}
      about={wordKey("groupMove", result)}
      icon={<Icon name={icons[result]} className="size-3.5 stroke-[2.5]" />}
    />
  );
}
