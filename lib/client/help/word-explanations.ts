import type { Severity } from "#lib/api/alerts.ts";
import type { Check } from "#lib/api/diagnosis.ts";
import type { GroupMoveResult } from "#lib/api/plans/group-moves.ts";
import type { Reset, ResetResult } from "#lib/api/resets.ts";
import type { OwnerFinding } from "#lib/ownership/owner-findings.ts";
import { about, type Explanation } from "./explanation.ts";

const severity: Record<Severity, Explanation> = {
  critical: about("incidents", "Act now: events are lost or not processed. The rule gives the severity."),
  warning: about("incidents", "Look at it soon: it may become critical. The rule gives the severity."),
  info: about("incidents", "For your information: nothing is to be done. The rule gives the severity."),
};

const issue = {
  blocked: about("issues", "The partition is not changed. The text says what blocks it and what to do."),
  warning: about("issues", "The partition is changed. Read what to know about it before you apply."),
};

const reset: Record<Reset["state"], Explanation> = {
  running: about("results", "It is being applied now. You may close the page: it goes on."),
  done: about("results", "Every partition has its final result. The table shows which were written."),
  failed: about(
    "results",
    "It was stopped before its end. What was written until then stands and can be undone.",
  ),
};

const result: Record<ResetResult, Explanation> = {
  pending: about("results", "It is still to be done. Nothing was written here yet."),
  written: about("results", "The checkpoint is the target. It can be undone, also much later."),
  conflict: about("results", "Nothing was written. Review it again once the processors are stopped."),
  failed: about("results", "The storage refused the write. The reason names its code."),
  skipped: about("results", "It was not begun. The checkpoint is as it was."),
  unknown: about("results", "It is not known if the write arrived. The reason says what to compare."),
  overwritten: about(
    "results",
    "A processor wrote its old position over the target. Stop it and reset again.",
  ),
};

const groupMove: Record<GroupMoveResult, Explanation> = {
  pending: about("groupMoves", "The group has no plan yet. It is being made."),
  ready: about("groupMoves", "The group can be moved. Nothing was written yet."),
  blocked: about("groupMoves", "The group can't be moved now. The reason says what blocks it."),
  waiting: about("groupMoves", "The group still runs. It is moved once its processors have stopped."),
  moving: about("groupMoves", "Its reset runs now. The page of the reset shows each partition."),
  moved: about("groupMoves", "Every checkpoint arrived. Start the processors with the new store."),
  partly: about("groupMoves", "Some checkpoints arrived and others did not. The reset lists each of them."),
  unchanged: about("groupMoves", "Everything is already where it should be. Nothing was written."),
  skipped: about("groupMoves", "The group was left as it is. The reason says why."),
  failed: about("groupMoves", "Nothing was written for the group. The reason says why."),
};

const outcome: Record<string, Explanation> = {
  done: about("activity", "It was carried out. Of a reset, the word counts what was not written."),
  failed: about("activity", "It ended early. What was written until then stands."),
  started: about("activity", "It was begun at this time. A later entry says how it ended."),
  stopped: about("activity", "Somebody stopped it before its end. What was written until then stands."),
  stopAsked: about("activity", "Somebody asked it to stop. It ends in good order."),
  refused: about("activity", "It was not carried out. The reason says what refused it."),
  overwritten: about(
    "results",
    "Afterwards a processor wrote its old position over it. Stop the processors and reset again.",
  ),
  written: about("results", "The write was found to have arrived after all. The result was corrected."),
};

const check: Record<Check["state"], Explanation> = {
  pass: about("checks", "It was looked at, and all is well. Nothing is to be done."),
  warn: about("checks", "It works, but something is not as it should be. The next steps say what to do."),
  fail: about("checks", "It does not work. The next steps say what to do."),
  skipped: about("checks", "It was not looked at. The text says why."),
};

const ownerFinding: Record<OwnerFinding["kind"], Explanation> = {
  unowned: about("owners", "Partitions without an owner for too long. Nobody processes them meanwhile."),
  standsStill: about(
    "owners",
    "A partition has an owner and waiting events, but its checkpoint does not move. Look in the owner's log.",
  ),
  flapping: about(
    "owners",
    "A partition changes owners again and again. Processors may restart or be too slow.",
  ),
  uneven: about(
    "owners",
    "An owner has more partitions than an even share. Load balancing settles it in minutes.",
  ),
};

/** What explains words of chips that show no status of a group. */
export const wordExplanations = { severity, issue, reset, result, groupMove, outcome, check, ownerFinding };

export type ExplainedWords = keyof typeof wordExplanations;
