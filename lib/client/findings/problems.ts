import type { ConsumerGroup, ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { Status } from "#lib/api/status.ts";
import { plural } from "#lib/client/format/format.ts";
import { needsAttention, sentence } from "#lib/client/lag/attention.ts";
import { whyNotKnown } from "#lib/client/lag/why-not-known.ts";
import type { Finding } from "./finding.ts";
import { groupFindings } from "./group-findings.ts";

type Note = ConsumerGroup["notes"][number];
export type Problem = { kind: string } & ({ finding: Finding } | { note: Note });

/** All that a group's page says is wrong, the worst first. */
export function groupProblems(group: ConsumerGroupDetail): Problem[] {
  const problems: Problem[] = [
    ...groupFindings(group).map((finding) => ({ kind: finding.kind, finding })),
    ...group.notes.map((note) => ({ kind: `note ${note.code}`, note })),
  ];
  return problems.length > 0 ? problems : attention(group);
}

/** What the overview says of the group, where no partition shows it: such as partitions without an owner. */
function attention(group: ConsumerGroupDetail): Problem[] {
  const [item] = needsAttention([{ hubId: "", group }]);
  if (item === undefined) return [];
  const now = group.observedAt === null ? 0 : Date.parse(group.observedAt);
  const title = `The group${sentence(item, now).slice(group.name.length)}`.replace(/\.$/, "");
  const finding = { status: item.chip.status, title, evidence: "", next: null, partitionIds: [] };
  return [{ kind: "attention", finding: { kind: "attention", ...finding } }];
}

function statusOf(problem: Problem): Status {
  return "finding" in problem ? problem.finding.status : "warn";
}

function titleOf(problem: Problem): string {
  return "finding" in problem ? `${problem.finding.title}.` : problem.note.message;
}

export interface ProblemLine {
  status: Status;
  text: string;
}

/** One line that always has something to say. `waiting`: those that are not shown. */
export function problemLine(
  group: ConsumerGroup,
  current: readonly Problem[],
  waiting: readonly Problem[],
): ProblemLine {
  const [worst] = current;
  if (worst === undefined) return noProblem(group);
  const [first] = waiting;
  if (first === undefined) return { status: statusOf(worst), text: countText(current) };
  const others = waiting.length - 1;
  const isNew = waiting.length < current.length;
  const more = others === 0 ? "" : ` And ${others} more.`;
  return { status: statusOf(first), text: `${isNew ? "New: " : ""}${titleOf(first)}${more}` };
}

function countText(problems: readonly Problem[]): string {
  const notes = problems.filter((problem) => "note" in problem).length;
  const findings = problems.length - notes;
  return [findings > 0 ? plural(findings, "problem") : null, notes > 0 ? plural(notes, "note") : null]
    .filter((part) => part !== null)
    .join(", ");
}

function noProblem(group: ConsumerGroup): ProblemLine {
  if (group.neverUsed) return { status: "unknown", text: "The group was never used." };
  if (group.status === "unknown")
    return {
      status: "unknown",
      text: `No problems with lag so far. Status not known: ${whyNotKnown(group)}.`,
    };
  return { status: "ok", text: "No problems with lag or checkpoints." };
}
