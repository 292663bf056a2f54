import { isSameName } from "./name-pattern.ts";

export interface HubAddress {
  fullyQualifiedNamespace: string;
  eventHubName: string;
}

/** A consumer group in one of its hub's stores, by the ids of both. */
export interface GroupAddress {
  hub: string;
  group: string;
  store: string;
}

/** As callers give it: without `store` it means the first store that has the group. */
export interface AskedGroup extends Omit<GroupAddress, "store"> {
  store: string | undefined;
}

/** A hub's address as text, the same in every casing. */
export function hubAddress({ fullyQualifiedNamespace, eventHubName }: HubAddress): string {
  return `${fullyQualifiedNamespace}/${eventHubName}`.toLowerCase();
}

export function isSameGroup(one: GroupAddress, other: GroupAddress): boolean {
  return one.hub === other.hub && one.store === other.store && isSameName(one.group, other.group);
}
