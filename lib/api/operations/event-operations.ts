import {
  eventFileSchema,
  eventsPageQuerySchema,
  eventsPageSchema,
  readEventQuerySchema,
  readEventSchema,
} from "#lib/api/read-event.ts";
import { get, group, name, ofGroup } from "./operation.ts";

const ofPartition = { params: group.extend({ partitionId: name }), access: "operator" as const };
const reading = { perMinute: 60, failures: [404, 409, 429, 502, 503] };

export const eventOperations = {
  readEvent: get({
    id: "readEvent",
    path: `${ofGroup}/partitions/{partitionId}/event`,
    summary:
      "One event of the stream, the first at or after a sequence number, with the beginning of its body. Read with the group for inspection; else with the group itself, if it has no owner and no reader.",
    ...ofPartition,
    query: readEventQuerySchema,
    answer: readEventSchema,
    ...reading,
  }),
  readEvents: get({
    id: "readEvents",
    path: `${ofGroup}/partitions/{partitionId}/events`,
    summary:
      "Up to ten neighbouring events of the stream, from a sequence number on or before it, read as one event is.",
    ...ofPartition,
    query: eventsPageQuerySchema,
    answer: eventsPageSchema,
    ...reading,
  }),
  readEventFile: get({
    id: "readEventFile",
    path: `${ofGroup}/partitions/{partitionId}/event/file`,
    summary:
      "One event whole, to be kept as a file: body, properties and system properties. Refused where exactly that event is not in the stream.",
    ...ofPartition,
    query: readEventQuerySchema,
    answer: eventFileSchema,
    ...reading,
  }),
};
