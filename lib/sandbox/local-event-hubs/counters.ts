export interface RequestCounts {
  eventHubReads: number;
  partitionReads: number;
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
