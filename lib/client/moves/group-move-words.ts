import type { GroupMove, GroupMoveEntry, GroupMoveResult } from "#lib/api/plans/group-moves.ts";
import type { Status } from "#lib/api/status.ts";
import { formatCount, plural } from "#lib/core/figures.ts";

interface ResultWord {
  word: string;
  tone: Status;
}

const moveWords: Record<GroupMoveResult, ResultWord> = {
  pending: { word: "Not planned yet", tone: "unknown" },
  ready: { word: "Ready", tone: "ok" },
  blocked: { word: "Blocked", tone: "stop" },
  waiting: { word: "Waiting", tone: "warn" },
  moving: { word: "Moving", tone: "rewind" },
  moved: { word: "Moved", tone: "ok" },
  partly: { word: "Moved in part", tone: "warn" },
  unchanged: { word: "Already there", tone: "ok" },
  skipped: { word: "Skipped", tone: "warn" },
  failed: { word: "Failed", tone: "stop" },
};

const undoWords: Record<GroupMoveResult, ResultWord> = {
  ...moveWords,
  moving: { word: "Undoing", tone: "rewind" },
  moved: { word: "Undone", tone: "ok" },
  partly: { word: "Undone in part", tone: "warn" },
  unchanged: { word: "Nothing to undo", tone: "ok" },
};

export function resultWordsOf({ undoes }: Pick<GroupMove, "undoes">): Record<GroupMoveResult, ResultWord> {
  return undoes === null ? moveWords : undoWords;
}

export function groupMoveSummary(move: GroupMove): string {
  const { results, entries, state } = move;
  const groups = plural(entries.length, "group");
  const done = move.undoes === null ? "moved" : "undone";
  switch (state) {
    case "planning":
      return `${formatCount(entries.length - results.pending)} of ${groups} planned …`;
    case "planned":
      return `${countOf(move, "ready")} of ${groups} can be ${done}: ${plural(checkpointsOf(entries), "checkpoint")}.${others(move, ["blocked", "unchanged", "skipped"])}`;
    case "running":
      return `${formatCount(endedOf(move))} of ${groups} settled …${others(move, ["waiting"])}`;
    default:
      return `${countOf(move, "moved")} of ${groups} ${done}${state === "stopped" ? ", then it was stopped" : ""}.${others(move, ["partly", "unchanged", "skipped", "failed"])}`;
  }
}

export function endedOf({ results }: Pick<GroupMove, "results">): number {
  const { moved, partly, unchanged, skipped, failed } = results;
  return moved + partly + unchanged + skipped + failed;
}

function checkpointsOf(entries: readonly GroupMoveEntry[]): number {
  return entries.reduce(
    (sum, { result, partitions }) => sum + (result === "ready" ? partitions.toMove : 0),
    0,
  );
}

function countOf({ results }: GroupMove, result: GroupMoveResult): string {
  return formatCount(results[result]);
}

function others(move: GroupMove, which: readonly GroupMoveResult[]): string {
  const { results } = move;
  const words = resultWordsOf(move);
  const told = which.filter((result) => results[result] > 0);
  if (told.length === 0) return "";
  const said = told.map((result) => `${words[result].word.toLowerCase()}: ${formatCount(results[result])}`);
  const text = said.join(", ");
  return ` ${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export function movableOf({ entries, whenRunning }: Pick<GroupMove, "entries" | "whenRunning">): number {
  return entries.filter(
    ({ result, isRunning }) =>
      result === "ready" || (whenRunning === "wait" && result === "blocked" && isRunning),
  ).length;
}

export function whyNoUndoOf({ endedAt, entries }: GroupMove): string | null {
  if (endedAt === null) return "It can be undone once it has ended.";
  return entries.some(({ resetIds }) => resetIds.length > 0) ? null : "It wrote nothing.";
}

const moveTitles: Record<GroupMove["state"], string> = {
  planning: "Planning to move groups",
  planned: "Review the move of groups",
  running: "Moving groups",
  done: "Move of groups",
  stopped: "Stopped move of groups",
};

const undoTitles: Record<GroupMove["state"], string> = {
  planning: "Planning the undo of groups",
  planned: "Review the undo of groups",
  running: "Undoing the move of groups",
  done: "Undo of groups",
  stopped: "Stopped undo of groups",
};

export function groupMoveTitle({ state, undoes }: Pick<GroupMove, "state" | "undoes">): string {
  return (undoes === null ? moveTitles : undoTitles)[state];
}
