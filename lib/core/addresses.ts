import { isSameName } from "./name-pattern.ts";

export interface HubAddress {
  fullyQualifiedNamespace: string;
  eventHubName: string;
}

export interface GroupAddress {
  hub: string;
  group: string;
  store: string;
}

/** Callers may leave out `store`, which then means the first store that has the group. */
export interface AskedGroup extends Omit<GroupAddress, "store"> {
  store: string | undefined;
}

export function hubAddress({ fullyQualifiedNamespace, eventHubName }: HubAddress): string {
  return `${fullyQualifiedNamespace}/${eventHubName}`.toLowerCase();
}

export function isSameGroup(one: GroupAddress, other: GroupAddress): boolean {
  return one.hub === other.hub && one.store === other.store && isSameName(one.group, other.group);
}
