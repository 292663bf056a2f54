import { remedyReasons } from "#lib/api/reasons/checks/remedies.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("remedies of checks", remedyReasons, [
  [reason("checkNetwork"), "Check the namespace's name, DNS, port 5671 in firewalls, and private endpoints."],
  [
    reason("grantReceiver"),
    "Grant the identity Azure Event Hubs Data Receiver on the event hub or its namespace. On a consumer group it is not enough.",
  ],
  [
    reason("takeListenString"),
    "Use the connection string of a shared access policy with the Listen right, of the hub or its namespace. Check whether its key was renewed.",
  ],
  [reason("correctHubName"), "Correct eventHubName, or the namespace beside it."],
  [reason("checkHealth"), "If this persists, check the namespace's health in the portal."],
  [reason("nameGroups"), "Name groups in consumerGroups to show them before their first checkpoint."],
  [
    reason("createInspectionGroup"),
    "Create a consumer group only for the dashboard and set inspectionConsumerGroup to it.",
  ],
  [
    reason("compareGroupNames"),
    "Compare the names with the processors' own; a group appears with its first claim or checkpoint.",
  ],
  [
    reason("resetGroups"),
    "If the hub was re-created, reset those groups: processors fail on the old offsets.",
  ],
  [
    reason("resetPartitions"),
    "For checkpoints: stop the group and reset those partitions. For ownerships, and for blobs of no partition that the hub has: clean up the group. Both can be undone.",
  ],
  [
    reason("cleanUpGroups"),
    "Look at them with “Clean up…” on the group's page or `tidemark cleanup hub/group`. Nothing is deleted without a plan, and undo brings each blob back.",
  ],
  [
    reason("useOneKind"),
    "Run one kind of processor in a group. Go, Rust and older Java libraries keep the casing of names, others lower-case them; Azure Functions changed its layout with extension 5.",
  ],
  [
    reason("grantBlobReader", { target: "container" }),
    "Grant the identity Storage Blob Data Reader on the container. A new role takes some minutes to work.",
  ],
  [
    reason("correctAccountKey"),
    "Correct the AccountKey in the connectionString, or use an identity if the account refuses keys.",
  ],
  [
    reason("renewSignature", { target: "account" }),
    "Put a new shared access signature into the connectionString: for the account, with the permissions Read and List.",
  ],
  [reason("correctContainer"), "Correct the container's name, or start a processor that creates it."],
  [reason("checkAccount"), "Check the account's address, DNS, firewall and private endpoints."],
  [reason("setClock"), "Let this machine set its clock by NTP."],
  [
    reason("useOwnAccount"),
    "Keep checkpoints in an account of their own, with soft delete and versioning off.",
  ],
  [
    reason("sayWhose"),
    "Configure a store for them: formats go3 with prefix and consumerGroup, or formats eph with prefix.",
  ],
  [
    reason("addAlias", { namespace: "contoso-dr.servicebus.windows.net", isEmulator: false }),
    'Add "contoso-dr.servicebus.windows.net" to namespaceAliases.',
  ],
  [
    reason("addAlias", { namespace: "localhost", isEmulator: true }),
    'If this hub is that emulator\'s, add "localhost" to namespaceAliases.',
  ],
  [
    reason("correctNamespace"),
    "Correct the namespace or the hub's name; if the namespace goes by two names, add the other one to namespaceAliases.",
  ],
  [reason("endPrefixInSlash", { prefix: "java/" }), 'End the prefix in a slash: "java/".'],
  [
    reason("compareContainer"),
    "Compare the container with the one that the processors write to. If none has run yet, nothing is wrong.",
  ],
]);
