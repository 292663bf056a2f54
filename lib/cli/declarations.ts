import { checkpointFormats } from "#lib/core/stored-blobs.ts";

export interface OptionDeclaration {
  flags: string;
  description: string;
  default?: string;
  env?: string;
  choices?: readonly string[];
}

interface ArgumentDeclaration {
  name: string;
  description: string;
  isOptional?: true;
}

export interface CommandDeclaration {
  summary: string;
  /** Details that the summary leaves out, in whole sentences. */
  details?: string;
  arguments: readonly ArgumentDeclaration[];
  options: readonly OptionDeclaration[];
  examples: readonly { line: string; does: string }[];
}

export const formats = ["table", "wide", "json", "csv"] as const;

export const commonOptions: readonly OptionDeclaration[] = [
  {
    flags: "--url <url>",
    description: "the dashboard",
    default: "http://127.0.0.1:3000",
    env: "TIDEMARK_URL",
  },
  { flags: "--token <token>", description: "an API token of the dashboard", env: "TIDEMARK_TOKEN" },
  {
    flags: "-o, --output <format>",
    description: "the form of what is printed; wide cuts nothing",
    choices: formats,
  },
];

export const exitCodes = {
  done: { code: 0, means: "done" },
  failed: { code: 1, means: "failed: nothing of that name, no answer, or Azure failed" },
  usage: { code: 2, means: "the command line, or a value of it, is wrong" },
  conflict: { code: 3, means: "a conflict, or done on some partitions only" },
  refused: { code: 4, means: "refused: no rights, read-only, not confirmed, or blocked on every partition" },
} as const;

const address = { name: "hub/group", description: "the hub's id and the consumer group, as orders/billing" };
const store = {
  flags: "--store <id>",
  description: "the checkpoint store, if a group of that name stands in several",
};
const range = [
  { flags: "--from <time>", description: "the beginning: 2026-03-01T12:00:00Z, or how long ago, as 2h" },
  { flags: "--to <time>", description: "the end; now" },
];
const apply = [
  { flags: "--execute", description: "apply the plan; without it nothing is written" },
  { flags: "--confirm <name>", description: "the group's name, for scripts; else it is asked for" },
];
const which = [
  store,
  { flags: "--partitions <ids>", description: "only these, as 0-3,7" },
  { flags: "--live", description: "while the group's processors go on running" },
  {
    flags: "--handler-seconds <n>",
    description: "live: the longest time that the processors' handler takes",
    default: "30",
  },
];

export const commands = {
  groups: {
    summary: "list consumer groups, of all hubs or of one",
    arguments: [{ name: "hub", description: "the hub's id", isOptional: true }],
    options: [],
    examples: [
      { line: "tidemark groups", does: "every group, the most urgent first" },
      { line: "tidemark groups orders -o json", does: "the groups of one hub as the API tells them" },
    ],
  },
  group: {
    summary: "show one consumer group: lag, status, owners, and what is odd about it",
    arguments: [address],
    options: [store],
    examples: [{ line: "tidemark group orders/billing", does: "the group in a few lines" }],
  },
  partitions: {
    summary: "list a group's partitions with checkpoint, lag and owner",
    arguments: [address],
    options: [store],
    examples: [{ line: "tidemark partitions orders/billing -o csv", does: "all of them as CSV" }],
  },
  owners: {
    summary: "list who owns which partitions, or how that changed",
    arguments: [address],
    options: [
      store,
      { flags: "--changes", description: "every change of an owner in a range of time" },
      ...range,
    ],
    examples: [
      { line: "tidemark owners orders/billing", does: "the active owners" },
      { line: "tidemark owners orders/billing --changes --from 6h", does: "what changed in six hours" },
    ],
  },
  history: {
    summary: "list a group's lag and rates over time",
    arguments: [address],
    options: [
      store,
      ...range,
      { flags: "--points <n>", description: "at most so many steps", default: "60" },
      { flags: "--partition <id>", description: "of one partition alone" },
    ],
    examples: [
      { line: "tidemark history orders/billing --from 1d --points 24", does: "the day by the hour" },
    ],
  },
  diagnose: {
    summary: "check a hub and its checkpoint stores, and say what to do",
    arguments: [{ name: "hub", description: "the hub's id" }],
    options: [{ flags: "--all", description: "also what is as it should be" }],
    examples: [{ line: "tidemark diagnose orders", does: "what is off, with the next step" }],
  },
  incidents: {
    summary: "list what the alert rules found",
    arguments: [{ name: "hub/group", description: "only of this hub or group", isOptional: true }],
    options: [
      { flags: "--all", description: "also those that are over" },
      { flags: "--limit <n>", description: "at most so many", default: "50" },
    ],
    examples: [{ line: "tidemark incidents orders", does: "the open ones of a hub" }],
  },
  acknowledge: {
    summary: "take care of an open incident: it is not told again",
    arguments: [{ name: "id", description: "the incident's id, as tidemark incidents lists it" }],
    options: [{ flags: "--note <text>", description: "why, or what is being done" }],
    examples: [
      { line: 'tidemark acknowledge 17 --note "rolling back"', does: "PagerDuty and Opsgenie know" },
    ],
  },
  silence: {
    summary: "silence alerts of hubs and groups for a time, or list the silences that hold",
    details: "Incidents open and are shown. Those that are still open afterwards are told then.",
    arguments: [
      {
        name: "hub/group",
        description: "the hub and the group, or patterns in which * stands for any text; without one: list",
        isOptional: true,
      },
    ],
    options: [
      { flags: "--for <duration>", description: "how long, from a minute to a week: 30m, 2h, 1d" },
      { flags: "--note <text>", description: "why; it stands in the activity" },
      { flags: "--rule <pattern>", description: "only of these rules" },
      { flags: "--end <id>", description: "end a silence before its time" },
    ],
    examples: [
      { line: 'tidemark silence "orders/*" --for 30m --note "deploying 2.4"', does: "a maintenance window" },
      { line: "tidemark silence --end 3", does: "it is over" },
    ],
  },
  watch: {
    summary: "follow a group live, in place",
    details: "Without a terminal each refresh is a line, with -o json an object on a line.",
    arguments: [address],
    options: [store, { flags: "--count <n>", description: "end after so many refreshes" }],
    examples: [{ line: "tidemark watch orders/billing", does: "until Ctrl-C" }],
  },
  events: {
    summary: "show one event as it stands in the stream",
    arguments: [address, { name: "partition", description: "the partition's id" }],
    options: [
      store,
      {
        flags: "--at <place>",
        description: "a sequence number, next (the next one that the group reads), earliest or latest",
        default: "next",
      },
    ],
    examples: [{ line: "tidemark events orders/billing 3 --at 48211", does: "that event, or the next" }],
  },
  reset: {
    summary: "plan where a group reads next, and apply it",
    details:
      "Name one target. Without --execute it is a dry run: the plan is shown and nothing is written. Partitions that somebody owns or that have moved since are left alone.",
    arguments: [address],
    options: [
      { flags: "--to-earliest", description: "the start of the stream" },
      { flags: "--to-latest", description: "the end of the stream" },
      {
        flags: "--to-datetime <time>",
        description: "the first event enqueued at or after it; UTC where it names no zone",
      },
      { flags: "--by-duration <duration>", description: "that long ago, as 90m, 2h or PT2H" },
      { flags: "--shift-by <n>", description: "so many events ahead, or back where negative" },
      { flags: "--to-sequence-number <n>", description: "the next event to be read" },
      { flags: "--to-group <name>", description: "where another group of this hub stands" },
      { flags: "--from-file <file>", description: "the positions of an export, - for standard input" },
      ...which,
      ...apply,
    ],
    examples: [
      { line: "tidemark reset orders/billing --to-datetime 2026-03-01T12:00:00Z", does: "a dry run" },
      {
        line: "tidemark reset orders/billing --by-duration 2h --partitions 0-3 --execute",
        does: "applies it, once the group's name is typed",
      },
    ],
  },
  move: {
    summary:
      "plan to move a group's checkpoints to the common layout, another store or another group, and apply it",
    details:
      "Without --execute it is a dry run: the plan is shown and nothing is written. Both sides have to be stopped. What is moved stays where it is.",
    arguments: [address],
    options: [
      store,
      { flags: "--partitions <ids>", description: "only these, as 0-3,7" },
      { flags: "--to-hub <id>", description: "another hub, by enqueued time alone" },
      { flags: "--to-store <id>", description: "a configured store; the one where the group stands" },
      { flags: "--to-group <name>", description: "the consumer group; the group itself" },
      {
        flags: "--format <layout>",
        description: "only checkpoints of this layout",
        choices: checkpointFormats,
      },
      {
        flags: "--overwrite <ids>",
        description: "partitions whose checkpoint at the target may be replaced, as 0-3,7",
      },
      ...apply,
    ],
    examples: [
      { line: "tidemark move orders/billing --format functions", does: "a dry run, within the store" },
      {
        line: "tidemark move orders/billing --to-store new --execute --confirm billing",
        does: "moves the group to another store",
      },
    ],
  },
  cleanup: {
    summary: "plan to delete a group's blobs that nobody needs, and apply it",
    details:
      "Without --execute it is a dry run. Broken ownerships of partitions that stand are repaired. Every blob is stored whole first; undo brings it back.",
    arguments: [address],
    options: [
      store,
      { flags: "--blob <names...>", description: "only these, by their full names" },
      ...apply,
    ],
    examples: [
      { line: "tidemark cleanup orders/billing", does: "lists what could be cleaned up, and why" },
      { line: "tidemark cleanup orders/billing --execute --confirm billing", does: "cleans all of it up" },
    ],
  },
  undo: {
    summary: "plan to restore what a reset, a move or a clean-up replaced, and apply it",
    arguments: [{ name: "reset", description: "the reset's id, or hub/group for the group's last reset" }],
    options: [store, ...apply],
    examples: [{ line: "tidemark undo orders/billing --execute --confirm billing", does: "the last reset" }],
  },
  export: {
    summary: "keep where a group stands, as JSON or CSV",
    arguments: [address],
    options: [store, { flags: "--file <file>", description: "write it there; it must not exist" }],
    examples: [
      { line: "tidemark export orders/billing --file billing.csv", does: "CSV, by the file's ending" },
    ],
  },
  import: {
    summary: "reset a group to the positions of an export",
    details: "The same as reset --from-file.",
    arguments: [address, { name: "file", description: "the export, - for standard input" }],
    options: [
      {
        flags: "--by <what>",
        description: "position on the hub that it is of, time on any other; position where that is possible",
        choices: ["position", "time"],
      },
      ...which,
      ...apply,
    ],
    examples: [{ line: "tidemark import orders/billing billing.csv", does: "a dry run" }],
  },
} as const satisfies Record<string, CommandDeclaration>;

export type CommandName = keyof typeof commands;
