import { keys } from "#lib/client/http/queries.ts";

export interface ActivityFilter {
  hub: string | null;
  group: string | null;
}

const all = [...keys.all, "activity"] as const;

export const activityKeys = {
  all,
  list: ({ hub, group }: ActivityFilter, pageSize: number) => [...all, hub, group, pageSize] as const,
};
