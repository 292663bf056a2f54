import { operations } from "#lib/api/operations/operations.ts";
import { fromSnapshot } from "#lib/server/http/from-snapshot.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getConsumerGroup, (input) =>
    fromSnapshot(input, operations.getConsumerGroup.id, () =>
      runtime().consumerGroup(input.params.hub, input.params.group, input.query.store),
    ),
  ),
});
