import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { snapshotAnswers } from "#lib/server/http/snapshot-answers.ts";

// Reading is answered ahead of Next: see `answer-ahead.ts`.
export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getScaling, snapshotAnswers.getScaling),
});
