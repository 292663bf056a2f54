export const address = {
  name: "hub/group",
  description: "the hub's id and the consumer group, as orders/billing",
};
export const store = {
  flags: "--store <id>",
  description: "the checkpoint store, if several have a group of this name",
};
export const range = [
  { flags: "--from <time>", description: "the beginning: 2026-03-01T12:00:00Z, or how long ago, as 2h" },
  { flags: "--to <time>", description: "the end; now" },
];
export const apply = [
  { flags: "--execute", description: "apply the plan; without it nothing is written" },
  { flags: "--confirm <name>", description: "the group's name, for scripts; else it is asked for" },
];
export const which = [
  store,
  { flags: "--partitions <ids>", description: "only these, as 0-3,7" },
  { flags: "--live", description: "while the group's processors go on running" },
  {
    flags: "--handler-seconds <n>",
    description: "live: the longest time that the processors' handler takes",
    default: "30",
  },
];
