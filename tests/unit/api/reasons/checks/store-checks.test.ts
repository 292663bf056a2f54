import { storeCheckReasons } from "#lib/api/reasons/checks/store-checks.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("details of checks of a store", storeCheckReasons, [
  [reason("storeAnswered", { container: null }), "The account answered."],
  [reason("storeAnswered", { container: "checkpoints" }), 'The container "checkpoints" answered.'],
  [
    reason("storeListable", { container: "checkpoints", listings: 1, bodyReads: 0 }),
    'This dashboard\'s identity may list the container "checkpoints". The last refresh took 1 list request and read 0 blobs.',
  ],
  [
    reason("storeListable", { container: null, listings: 2, bodyReads: 1 }),
    "This dashboard's identity may list the account. The last refresh took 2 list requests and read 1 blob.",
  ],
  [reason("clocksAgree"), "This machine's clock and the storage service's agree within 5 s."],
  [
    reason("clocksDiffer", { aheadSeconds: -42, isSevere: false }),
    "This machine's clock is 42 s behind the storage service's. Ages of owners use the service's clock.",
  ],
  [
    reason("clocksDiffer", { aheadSeconds: 3_600, isSevere: true }),
    "This machine's clock is 1 h ahead of the storage service's. Ages of owners use the service's clock. The service refuses signatures that are off by more than 15 minutes.",
  ],
  [
    reason("oldCheckpointsKept", { softDeleteDays: 7, keepsVersions: true }),
    "The account has soft delete (7 days) and versioning on: every overwritten checkpoint is kept, and listings slow down.",
  ],
  [
    reason("oldCheckpointsKept", { softDeleteDays: null, keepsVersions: true }),
    "The account has versioning on: every overwritten checkpoint is kept, and listings slow down.",
  ],
  [reason("nothingKept"), "Soft delete and versioning are off."],
  [reason("nothingUnclaimed"), "The container was searched for other checkpoint layouts. None was found."],
  [
    reason("blobsUnclaimed", {
      folders: [
        { folder: "", first: "0", last: "31" },
        { folder: "hosts/archive/", first: "0", last: "0" },
      ],
      more: 0,
    }),
    'Blobs "0" to "31" look like the Go layout, which is not configured. The blob "hosts/archive/0" looks like the Go layout or an EventProcessorHost\'s of the group "archive", which is not configured.',
  ],
  [
    reason("blobsUnclaimed", { folders: [{ folder: "", first: "0", last: "31" }], more: 3 }),
    'Blobs "0" to "31" look like the Go layout, which is not configured. And 3 more.',
  ],
  [
    reason("groupsFound", { groups: 1, prefixes: ["contoso.servicebus.windows.net/orders/"], otherTrees: 0 }),
    '1 group under "contoso.servicebus.windows.net/orders/".',
  ],
  [
    reason("groupsFound", { groups: 2, prefixes: [], otherTrees: 3 }),
    "2 groups. The container also holds trees that are not this hub's (3).",
  ],
  [reason("nothingFound", { prefixes: [], nearMisses: [] }), "No blobs found there."],
  [
    reason("nothingFound", {
      prefixes: ["contoso.servicebus.windows.net/orders/"],
      nearMisses: ["localhost/orders (an emulator's)"],
    }),
    'No blobs found under "contoso.servicebus.windows.net/orders/". Did you mean: localhost/orders (an emulator\'s)?',
  ],
]);
