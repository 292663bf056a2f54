import { readEventQuerySchema, readEventSchema } from "#lib/api/read-event.ts";
import { get, group, name, ofGroup } from "./operation.ts";

export const eventOperations = {
  readEvent: get({
    id: "readEvent",
    path: `${ofGroup}/partitions/{partitionId}/event`,
    summary:
      "One event as it stands in the stream, the first at or after a sequence number, with the beginning of its body. Read with the group for inspection; else with the group itself, while nobody owns or reads it.",
    access: "operator",
    params: group.extend({ partitionId: name }),
    query: readEventQuerySchema,
    answer: readEventSchema,
    perMinute: 60,
    failures: [404, 409, 429, 502, 503],
  }),
};
