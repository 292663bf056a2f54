/** Addresses of pages. Ids and names are free text: every part is encoded. */
export const overviewPath = "/";
export const incidentsPath = "/incidents";

export function eventHubPath(hub: string): string {
  return `/event-hubs/${encodeURIComponent(hub)}`;
}

export function hubPartitionsPath(hub: string): string {
  return `${eventHubPath(hub)}?tab=partitions`;
}

export function diagnosisPath(hub: string): string {
  return `${eventHubPath(hub)}/diagnosis`;
}

/** `store` is always named: two stores may hold a group of one name. */
export function consumerGroupPath(hub: string, group: string, store: string): string {
  return `${eventHubPath(hub)}/consumer-groups/${encodeURIComponent(group)}?store=${encodeURIComponent(store)}`;
}
