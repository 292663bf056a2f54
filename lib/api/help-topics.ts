/** One thing that the pages explain where somebody asks: in two sentences, and in full in the help. */
export interface HelpTopic {
  /** Two sentences: what it is, and how to read it. */
  says: string;
  /** Where the help tells more. */
  href: `/help/${string}`;
}

/** What each chip, figure and column is. The help has a section at each address. */
export const helpTopics = {
  status: {
    says: "What the last ten checkpoints say about the group. A group has the status of its worst partition.",
    href: "/help/figures#status",
  },
  caughtUp: {
    says: "The lag is zero, within the allowed lag, or shrinking. Nothing to do.",
    href: "/help/figures#caught-up",
  },
  idle: {
    says: "The group has read everything, and no events arrive. Nothing to do.",
    href: "/help/figures#idle",
  },
  fallingBehind: {
    says: "Checkpoints are written, but the lag keeps growing. Add processors or make the handler faster.",
    href: "/help/figures#falling-behind",
  },
  stalled: {
    says: "Checkpoints are written but stay at one position while events wait. The handler probably fails on one event.",
    href: "/help/figures#stalled",
  },
  rewound: {
    says: "A checkpoint went back to an earlier position. Events in between are processed twice.",
    href: "/help/figures#rewound",
  },
  stopped: {
    says: "Events wait, and no checkpoints are written. Check whether the processors are running.",
    href: "/help/figures#stopped",
  },
  unknown: {
    says: "The status can't be told yet, or a source can't be read. Point at the figures for the reason.",
    href: "/help/figures#unknown",
  },
  neverUsed: {
    says: "The group exists, but no processor has ever claimed a partition or checkpointed in it. Nothing to do.",
    href: "/help/figures#never-used",
  },
  gone: {
    says: "All checkpoints and ownerships of the group were deleted. Dismiss the group if that was intended.",
    href: "/help/figures#gone",
  },
  lag: {
    says: "Events that the group has not processed yet: those after its checkpoints. ≤ is an upper bound, a dash is unknown.",
    href: "/help/figures#lag",
  },
  maxLag: {
    says: "The largest lag of one partition, and which one. A single high partition points to a hot key or a failing event.",
    href: "/help/figures#lag",
  },
  trend: {
    says: "The group's lag over the last hour. A gap is time without data.",
    href: "/help/figures#charts",
  },
  timeLag: {
    says: "Age of the event at the checkpoint, on the partition where it is oldest. ≥ means not watched for longer.",
    href: "/help/figures#time-lag",
  },
  catchUpTime: {
    says: "Time until the lag is gone at the present rates. “Never” means that events arrive at least as fast as they are processed.",
    href: "/help/figures#catch-up-time",
  },
  eventsIn: {
    says: "Events enqueued per second, over the last 60 s. A dash means that it is not known yet.",
    href: "/help/figures#in-and-out",
  },
  eventsOut: {
    says: "Events checkpointed per second, over the last 60 s. If checkpoints are rarer, between the last two.",
    href: "/help/figures#in-and-out",
  },
  inAndOut: {
    says: "Events enqueued and events checkpointed per second, over the last 60 s. If out stays below in, the lag grows.",
    href: "/help/figures#in-and-out",
  },
  retention: {
    says: "Share of the retained events that is unread, where it is highest. At 100 % retention deletes unread events.",
    href: "/help/figures#about-to-lose-events",
  },
  losesIn: {
    says: "Time until retention deletes the first unread event, at the present rates. Speed up the group, or raise the retention.",
    href: "/help/figures#about-to-lose-events",
  },
  lostEvents: {
    says: "Events that retention deleted before the group read them. The hub no longer has them.",
    href: "/help/figures#lost-events",
  },
  owned: {
    says: "Partitions with an active owner, of all. Readers of fixed partitions own none and can still run.",
    href: "/help/figures#owners",
  },
  owner: {
    says: "The processor that holds the partition. It expires if it does not renew its ownership in time.",
    href: "/help/figures#owners",
  },
  ownerChanges: {
    says: "Each time a partition was claimed, stolen, released or expired. Many changes point to restarts or rivalry.",
    href: "/help/figures#owners",
  },
  charts: {
    says: "History of the figures, with resets and owner changes marked. Gaps are times without data.",
    href: "/help/figures#charts",
  },
  checkpoint: {
    says: "The last event that the group has processed. Reading resumes with the event after it.",
    href: "/help/glossary#checkpoint-stores",
  },
  updated: {
    says: "When these figures were last read. Old figures stay, marked, while a source fails.",
    href: "/help/figures",
  },
  target: {
    says: "The position that the group reads from next. Each partition resolves it by itself.",
    href: "/help/resets#targets",
  },
  results: {
    says: "What the reset did on each partition. Only “Written” means that the new checkpoint is in place.",
    href: "/help/resets#results",
  },
  undo: {
    says: "Makes a plan that restores what the reset replaced. You review and confirm it like any other.",
    href: "/help/resets#undo",
  },
  liveReset: {
    says: "Moves the group while its processors run, a few partitions at a time. Each partition pauses for a while.",
    href: "/help/resets#live-resets",
  },
  activity: {
    says: "Who did what, when, and what it replaced. It also lists refused attempts.",
    href: "/help/resets#activity",
  },
  incidents: {
    says: "An incident is a rule's condition that holds for long enough. It closes when the condition ends.",
    href: "/help/alerts#incidents",
  },
} as const satisfies Record<string, HelpTopic>;
