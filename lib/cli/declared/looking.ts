import type { CommandDeclaration } from "./declaration.ts";
import { address, range, store } from "./shared.ts";

export const looking = {
  login: {
    summary: "sign in to a dashboard through its OpenID Connect issuer",
    details:
      "It shows a code to type at the issuer, in any browser. The sign-in is kept in a file that only you can read, and lasts as long as in a browser.",
    arguments: [],
    options: [],
    examples: [
      {
        line: "tidemark login --url https://tidemark.example",
        does: "the other commands then need no token",
      },
    ],
  },
  logout: {
    summary: "sign out of a dashboard",
    arguments: [],
    options: [],
    examples: [{ line: "tidemark logout --url https://tidemark.example", does: "there and here" }],
  },
  groups: {
    summary: "list consumer groups, of all hubs or of one",
    arguments: [{ name: "hub", description: "the hub's id", isOptional: true }],
    options: [],
    examples: [
      { line: "tidemark groups", does: "every group, the most urgent first" },
      { line: "tidemark groups orders -o json", does: "the groups of one hub, as the API answers" },
    ],
  },
  group: {
    summary: "show one consumer group: lag, status, owners and problems",
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
      { flags: "--points <n>", description: "how many steps at most", default: "60" },
      { flags: "--partition <id>", description: "of one partition only" },
    ],
    examples: [
      { line: "tidemark history orders/billing --from 1d --points 24", does: "the day by the hour" },
    ],
  },
  diagnose: {
    summary: "check a hub and its checkpoint stores, and say what to do",
    arguments: [{ name: "hub", description: "the hub's id" }],
    options: [{ flags: "--all", description: "also the checks that passed" }],
    examples: [{ line: "tidemark diagnose orders", does: "what is wrong, with the next steps" }],
  },
  incidents: {
    summary: "list the incidents that the alert rules found",
    arguments: [{ name: "hub/group", description: "only of this hub or group", isOptional: true }],
    options: [
      { flags: "--all", description: "also closed ones" },
      { flags: "--limit <n>", description: "how many at most", default: "50" },
    ],
    examples: [{ line: "tidemark incidents orders", does: "the open incidents of a hub" }],
  },
  acknowledge: {
    summary: "acknowledge an open incident: no more messages are sent for it",
    arguments: [{ name: "id", description: "the incident's id, as tidemark incidents lists it" }],
    options: [{ flags: "--note <text>", description: "why, or what is being done" }],
    examples: [
      {
        line: 'tidemark acknowledge 17 --note "rolling back"',
        does: "also acknowledges it at PagerDuty and Opsgenie",
      },
    ],
  },
  silence: {
    summary: "silence alerts of hubs and groups for a time, or list the silences in force",
    details: "Incidents still open and are shown. Messages for those that are open at the end are sent then.",
    arguments: [
      {
        name: "hub/group",
        description: "the hub and the group, or patterns in which * stands for any text; without one: list",
        isOptional: true,
      },
    ],
    options: [
      { flags: "--for <duration>", description: "how long, from a minute to a week: 30m, 2h, 1d" },
      { flags: "--note <text>", description: "why; it is shown in the activity" },
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
    options: [store, { flags: "--count <n>", description: "end after this many refreshes" }],
    examples: [{ line: "tidemark watch orders/billing", does: "until Ctrl-C" }],
  },
  events: {
    summary: "read one event of a partition",
    arguments: [address, { name: "partition", description: "the partition's id" }],
    options: [
      store,
      {
        flags: "--at <place>",
        description: "a sequence number, next (the next event that the group reads), earliest or latest",
        default: "next",
      },
    ],
    examples: [{ line: "tidemark events orders/billing 3 --at 48211", does: "that event, or the next" }],
  },
} as const satisfies Record<string, CommandDeclaration>;
