/** Pages' addresses. Ids and names are free text, so every part is encoded. */
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

/** Always names `store`, since two stores may have a group of the same name. */
export function consumerGroupPath(hub: string, group: string, store: string): string {
  return `${groupPagePath(hub, group)}?store=${encodeURIComponent(store)}`;
}

export function resetPath(hub: string, group: string, store: string, partitions?: string): string {
  const query = new URLSearchParams({ store, ...(partitions === undefined ? {} : { partitions }) });
  return `${groupPagePath(hub, group)}/reset?${query}`;
}

/** The choice of a reset, filled in: the partition goes on with the event after this one. */
export function resumeAfterPath(
  { hub, group, store }: { hub: string; group: string; store: string },
  after: { partitionId: string; sequenceNumber: number; isLive: boolean },
): string {
  const target = { target: "sequenceNumber", sequence: String(after.sequenceNumber + 1) };
  const query = new URLSearchParams({ ...target, ...(after.isLive ? { mode: "live" } : {}) });
  return `${resetPath(hub, group, store, after.partitionId)}&${query}`;
}

export function movePath(hub: string, group: string, store: string): string {
  return `${groupPagePath(hub, group)}/move?${new URLSearchParams({ store })}`;
}

export function moveGroupsPath(hub: string, store: string | null = null): string {
  const page = `/event-hubs/${encodeURIComponent(hub)}/move-groups`;
  return store === null ? page : `${page}?${new URLSearchParams({ store })}`;
}

export function groupMovePath(id: string): string {
  return `/group-moves/${encodeURIComponent(id)}`;
}

export function cleanupPath(hub: string, group: string, store: string): string {
  return `${groupPagePath(hub, group)}/cleanup?${new URLSearchParams({ store })}`;
}

export function planPath(planId: string): string {
  return `/resets/plans/${encodeURIComponent(planId)}`;
}

export function resetResultPath(resetId: string): string {
  return `/resets/${encodeURIComponent(resetId)}`;
}

export function activityPath(filter: { hub?: string; group?: string } = {}): string {
  const query = new URLSearchParams(filter).toString();
  return query === "" ? "/activity" : `/activity?${query}`;
}

/** Of the first store that has such a group. */
export function groupPagePath(hub: string, group: string): string {
  return `${eventHubPath(hub)}/consumer-groups/${encodeURIComponent(group)}`;
}
