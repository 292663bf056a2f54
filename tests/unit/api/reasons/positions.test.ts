import { positionReasons } from "#lib/api/reasons/positions.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "./tells-each.ts";

tellsEach("reasons that there is no position", positionReasons, [
  [reason("noCheckpoint"), "There is no checkpoint."],
  [reason("noPositionYet"), "The checkpoint holds no position yet."],
  [
    reason("checkpointUnusable", { fault: "it has no sequence number" }),
    "The checkpoint can't be used: it has no sequence number.",
  ],
  [reason("noSequenceNumber"), "The checkpoint holds no usable sequence number."],
  [reason("checkpointOfFormerHub"), "The checkpoint is older than the event hub, which was re-created."],
  [
    reason("checkpointPastEnd", { sequenceNumber: 5_000, lastSequenceNumber: 199 }),
    "The checkpoint (5,000) is past the last event (199): the event hub was probably re-created.",
  ],
]);
