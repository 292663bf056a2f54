export interface Explanation {
  text: string;
  href: string;
}

const sections = {
  lag: "/help/figures#lag",
  dash: "/help/figures#why-a-lag-is-a-dash",
  timeLag: "/help/figures#time-lag",
  catchUp: "/help/figures#catch-up-time",
  rates: "/help/figures#in-and-out",
  status: "/help/figures#status",
  caughtUp: "/help/figures#caught-up",
  idle: "/help/figures#idle",
  warn: "/help/figures#falling-behind",
  stall: "/help/figures#stalled",
  rewind: "/help/figures#rewound",
  stop: "/help/figures#stopped",
  unknown: "/help/figures#unknown",
  neverUsed: "/help/figures#never-used",
  gone: "/help/figures#gone",
  losing: "/help/figures#about-to-lose-events",
  lost: "/help/figures#lost-events",
  retention: "/help/figures#retention-used",
  numbers: "/help/figures#sequence-numbers",
  freshness: "/help/figures#freshness",
  owners: "/help/figures#owners",
  charts: "/help/figures#charts",
  words: "/help/glossary#event-hubs",
  stores: "/help/glossary#checkpoint-stores",
  activity: "/help/resets#activity",
  alerts: "/help/alerts",
  incidents: "/help/alerts#incidents",
  checks: "/help/reasons",
  deliveries: "/help/alerts#how-messages-are-sent",
  events: "/help/resets#skip-an-event",
  review: "/help/resets#make-a-reset",
  issues: "/help/reasons#plans-issues",
  results: "/help/resets#results",
  undo: "/help/resets#undo",
  live: "/help/resets#live-resets",
  moves: "/help/moves#move-checkpoints",
  groupMoves: "/help/moves#several-groups-at-once",
  cleanup: "/help/moves#clean-up",
} as const;

export type Section = keyof typeof sections;

export function sectionPath(section: Section): string {
  return sections[section];
}

export function about(section: Section, text: string): Explanation {
  return { text, href: sections[section] };
}
