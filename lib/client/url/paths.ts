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
  return `${groupPage(hub, group)}?store=${encodeURIComponent(store)}`;
}

/** Where a reset of the group is chosen; `partitions` as the ranges that it starts with. */
export function resetPath(hub: string, group: string, store: string, partitions?: string): string {
  const query = new URLSearchParams({ store, ...(partitions === undefined ? {} : { partitions }) });
  return `${groupPage(hub, group)}/reset?${query}`;
}

/** Where it is chosen what is moved of the group, and where to. */
export function movePath(hub: string, group: string, store: string): string {
  return `${groupPage(hub, group)}/move?${new URLSearchParams({ store })}`;
}

/** Where it is chosen what is cleaned up of the group. */
export function cleanupPath(hub: string, group: string, store: string): string {
  return `${groupPage(hub, group)}/cleanup?${new URLSearchParams({ store })}`;
}

/** Where a plan is reviewed and confirmed. */
export function planPath(planId: string): string {
  return `/resets/plans/${encodeURIComponent(planId)}`;
}

/** A reset's progress and result. */
export function resetResultPath(resetId: string): string {
  return `/resets/${encodeURIComponent(resetId)}`;
}

export function activityPath(filter: { hub?: string; group?: string } = {}): string {
  const query = new URLSearchParams(filter).toString();
  return query === "" ? "/activity" : `/activity?${query}`;
}

function groupPage(hub: string, group: string): string {
  return `${eventHubPath(hub)}/consumer-groups/${encodeURIComponent(group)}`;
}
