import { lagReasons } from "#lib/api/reasons/lag.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "./tells-each.ts";

tellsEach("reasons of a lag", lagReasons, [
  [reason("partitionNotRead"), "The partition's properties could not be read."],
  [reason("numbersTooLarge"), "The service reports sequence numbers that are too large to calculate with."],
  [reason("checkpointEmpty"), "The checkpoint holds neither a sequence number nor an offset."],
  [
    reason("checkpointOffsetOnly"),
    "The checkpoint holds an offset but no sequence number, so its lag can't be counted.",
  ],
  [
    reason("checkpointNoPosition", { sequenceNumber: -2 }),
    "The checkpoint's sequence number -2 is no position in a stream.",
  ],
  [
    reason("checkpointBeforeHub", {
      writtenAt: "2026-03-02T12:00:00.000Z",
      createdOn: "2026-03-03T12:00:00.000Z",
    }),
    "The checkpoint (2026-03-02 12:00:00 UTC) is older than the event hub (2026-03-03 12:00:00 UTC), which was re-created. Processors fail on the old offset until the group is reset.",
  ],
  [
    reason("checkpointAhead", { sequenceNumber: 10_200, lastSequenceNumber: 199 }),
    "The checkpoint (10,200) is 10,001 past the last event (199). The event hub was re-created, or its name now leads to another namespace. Processors fail on the old offset or skip events.",
  ],
  [
    reason("checkpointAtStart", { events: 6_000 }),
    "The checkpoint is before the first event, so the group reads all 6,000 events in the stream.",
  ],
  [
    reason("lagIsBounded", { events: 6_000, hasBlob: false }),
    "At most 6,000 events, all in the stream: there is no checkpoint. The group starts at the processors' configured start position.",
  ],
  [
    reason("lagIsBounded", { events: 1, hasBlob: true }),
    "At most 1 event, all in the stream: the checkpoint names no event. The group starts at the processors' configured start position.",
  ],
  [
    reason("behindRetention", { sequenceNumber: 50, beginningSequenceNumber: 1_100, lostEvents: 1_049 }),
    "The checkpoint (50) is before the oldest event in the stream (1,100). Retention deleted 1,049 events in between.",
  ],
  [
    reason("ownerNameless", { blobName: "a/ownership/0" }),
    "The ownership blob a/ownership/0 has no ownerid: it stops the group's JavaScript processors on all partitions, and may stop those of other SDKs.",
  ],
  [reason("leaseNameless", { blobName: "eph/0" }), "The blob eph/0 is leased, but names no owner."],
]);
