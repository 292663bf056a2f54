import type { CommandDeclaration } from "./declaration.ts";
import { address, range, store } from "./shared.ts";

export const looking = {
  login: {
    summary: "sign in to a dashboard that people sign in to at an OpenID Connect issuer",
    details:
      "A code is shown, to be typed at the issuer in any browser. The sign-in is kept in a file that only you can read, for as long as a browser's would hold.",
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
    summary: "end the sign-in that is kept for a dashboard",
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
      { flags: "--partition <id>", description: "of one partition only" },
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
} as const satisfies Record<string, CommandDeclaration>;
