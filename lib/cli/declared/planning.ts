import { checkpointFormats } from "#lib/core/stored-blobs.ts";
import type { CommandDeclaration } from "./declaration.ts";
import { address, apply, store, which } from "./shared.ts";

export const planning = {
  reset: {
    summary: "plan where a group reads next, and apply it",
    details:
      "Name one target. Without --execute it is a dry run: the plan is shown and nothing is written. Partitions that have an owner or have moved since are not changed.",
    arguments: [address],
    options: [
      { flags: "--to-earliest", description: "the start of the stream" },
      { flags: "--to-latest", description: "the end of the stream" },
      {
        flags: "--to-datetime <time>",
        description: "the first event enqueued at or after it; UTC if it names no zone",
      },
      { flags: "--by-duration <duration>", description: "this long ago, as 90m, 2h or PT2H" },
      { flags: "--shift-by <n>", description: "this many events ahead, or back if negative" },
      { flags: "--to-sequence-number <n>", description: "the next event to be read" },
      { flags: "--to-group <name>", description: "the position of another group of this hub" },
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
      "Without --execute it is a dry run: the plan is shown and nothing is written. Both sides have to be stopped. The old checkpoints are kept.",
    arguments: [address],
    options: [
      store,
      { flags: "--partitions <ids>", description: "only these, as 0-3,7" },
      { flags: "--to-hub <id>", description: "another hub, only by enqueued time" },
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
  "move-groups": {
    summary: "plan to move several groups of a store to another store, and apply it",
    details:
      "Each group has its own plan and reset. Running groups are skipped. Without --execute it is a dry run. Once started, the move continues in the dashboard, also after a restart.",
    arguments: [{ name: "hub", description: "the hub's id", isOptional: true }],
    options: [
      { flags: "--store <id>", description: "the store that the groups are in" },
      { flags: "--to-store <id>", description: "the configured store that they go to" },
      {
        flags: "--groups <patterns...>",
        description: "only these groups; * stands for any text",
      },
      { flags: "--all-hubs", description: "also the groups of every other hub in the same container" },
      { flags: "--wait", description: "wait for groups that run, and move each once it was stopped" },
      { flags: "--id <id>", description: "follow a move that was begun, or report one that has ended" },
      { flags: "--stop", description: "with --id: stop it between groups" },
      { flags: "--undo", description: "with --id: plan to restore what it moved" },
      { flags: "--execute", description: "apply the plans; without it nothing is written" },
      {
        flags: "--confirm <store>",
        description: "the store that they go to, or of an undo, went to; for scripts, else it is asked for",
      },
    ],
    examples: [
      {
        line: 'tidemark move-groups orders --store main --to-store new --groups "bill*"',
        does: "a dry run, with what is in each group's way",
      },
      {
        line: "tidemark move-groups orders --store main --to-store new --execute --confirm new -o csv",
        does: "moves all of them; progress on standard error, the report as CSV",
      },
    ],
  },
  cleanup: {
    summary: "plan to delete a group's unneeded blobs, and apply it",
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
    summary: "save a group's positions as JSON or CSV",
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
