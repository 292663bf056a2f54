/** How often clients asked for what since the endpoint started. */
export interface RequestCounts {
  /** `$management` READ of a hub. */
  eventHubReads: number;
  /** `$management` READ of a partition. */
  partitionReads: number;
  /** `$cbs` put-token. */
  tokens: number;
  connections: number;
  sendersAttached: number;
  receiversAttached: number;
  eventsAccepted: number;
  eventsDelivered: number;
}

export const noRequests = (): RequestCounts => ({
  eventHubReads: 0,
  partitionReads: 0,
  tokens: 0,
  connections: 0,
  sendersAttached: 0,
  receiversAttached: 0,
  eventsAccepted: 0,
  eventsDelivered: 0,
});
