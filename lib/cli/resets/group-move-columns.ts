import type { GroupMove, GroupMoveEntry } from "#lib/api/plans/group-moves.ts";
import { resultWordsOf } from "#lib/client/moves/group-move-words.ts";
import type { Column } from "../output/table.ts";

export function groupMoveColumns(move: Pick<GroupMove, "undoes">): Column<GroupMoveEntry>[] {
  const words = resultWordsOf(move);
  return [
    { title: "HUB", name: "hub", value: ({ hub }) => hub, isLong: true },
    { title: "GROUP", name: "group", value: ({ group }) => group, isLong: true },
    { title: "FROM", name: "store", value: ({ store }) => store, isWide: true, isLong: true },
    { title: "TO", name: "to", value: ({ to }) => to, isWide: true, isLong: true },
    {
      title: "RESULT",
      name: "result",
      value: ({ result }) => result,
      text: ({ result }) => words[result].word,
      tone: ({ result }) => words[result].tone,
    },
    {
      title: move.undoes === null ? "MOVES" : "UNDOES",
      name: "toMove",
      value: ({ partitions }) => partitions.toMove,
      isNumber: true,
    },
    { title: "WRITTEN", name: "written", value: ({ partitions }) => partitions.written, isNumber: true },
    { title: "BLOCKED", name: "blocked", value: ({ partitions }) => partitions.blocked, isNumber: true },
    {
      title: "THERE",
      name: "unchanged",
      value: ({ partitions }) => partitions.unchanged,
      isNumber: true,
      isWide: true,
    },
    { title: "RESETS", name: "resetIds", value: ({ resetIds }) => resetIds.join(" "), isWide: true },
    {
      title: "WHY",
      name: "reason",
      value: ({ reason }) => reason?.message,
      text: ({ reason }) => reason?.message ?? "",
      isLong: true,
    },
    { title: "CODE", name: "code", value: ({ reason }) => reason?.code, isWide: true },
  ];
}
