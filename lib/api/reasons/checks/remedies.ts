import { z } from "zod";
import { declare } from "../declare.ts";

const target = z.enum(["account", "container"]);
const bare = (meaning: string, sentence: string) =>
  declare({}, { meaning, remedy: null, sentence: () => sentence });

export const remedyReasons = {
  checkNetwork: bare(
    "The namespace can't be reached.",
    "Check the namespace's name, DNS, port 5671 in firewalls, and private endpoints.",
  ),
  grantReceiver: bare(
    "The identity may not read the hub's properties.",
    "Grant the identity Azure Event Hubs Data Receiver on the event hub or its namespace. On a consumer group it is not enough.",
  ),
  takeListenString: bare(
    "The connection string may not read the hub's properties.",
    "Use the connection string of a shared access policy with the Listen right, of the hub or its namespace. Check whether its key was renewed.",
  ),
  correctHubName: bare("There is no such event hub.", "Correct eventHubName, or the namespace beside it."),
  checkHealth: bare(
    "Some partitions do not answer.",
    "If this persists, check the namespace's health in the portal.",
  ),
  nameGroups: bare(
    "Azure Resource Manager does not list the groups.",
    "Name groups in consumerGroups to show them before their first checkpoint.",
  ),
  createInspectionGroup: bare(
    "Single events can't be read while their own group runs.",
    "Create a consumer group only for the dashboard and set inspectionConsumerGroup to it.",
  ),
  compareGroupNames: bare(
    "Configured groups have no blob.",
    "Compare the names with the processors' own; a group appears with its first claim or checkpoint.",
  ),
  resetGroups: bare(
    "Checkpoints are not of this hub as it is.",
    "If the hub was re-created, reset those groups: processors fail on the old offsets.",
  ),
  resetPartitions: bare(
    "Blobs are broken.",
    "For checkpoints: stop the group and reset those partitions. For ownerships, and for blobs of no partition that the hub has: clean up the group. Both can be undone.",
  ),
  cleanUpGroups: bare(
    "Blobs are left over.",
    "Look at them with “Clean up…” on the group's page or `tidemark cleanup hub/group`. Nothing is deleted without a plan, and undo brings each blob back.",
  ),
  useOneKind: bare(
    "More than one kind of processor writes checkpoints.",
    "Run one kind of processor in a group. Go, Rust and older Java libraries keep the casing of names, others lower-case them; Azure Functions changed its layout with extension 5.",
  ),
  grantBlobReader: declare(
    { target },
    {
      meaning: "The identity may not list the store.",
      remedy: null,
      sentence: ({ target: what }) =>
        `Grant the identity Storage Blob Data Reader on the ${what}. A new role takes some minutes to work.`,
    },
  ),
  correctAccountKey: bare(
    "The account refuses the key.",
    "Correct the AccountKey in the connectionString, or use an identity if the account refuses keys.",
  ),
  renewSignature: declare(
    { target },
    {
      meaning: "The shared access signature is not valid for the store.",
      remedy: null,
      sentence: ({ target: what }) =>
        `Put a new shared access signature into the connectionString: for the ${what}, with the permissions Read and List.`,
    },
  ),
  correctContainer: bare(
    "There is no such container.",
    "Correct the container's name, or start a processor that creates it.",
  ),
  checkAccount: bare(
    "The account can't be reached.",
    "Check the account's address, DNS, firewall and private endpoints.",
  ),
  setClock: bare("This machine's clock is off.", "Let this machine set its clock by NTP."),
  useOwnAccount: bare(
    "The account keeps each overwritten checkpoint.",
    "Keep checkpoints in an account of their own, with soft delete and versioning off.",
  ),
  sayWhose: bare(
    "Blobs look like checkpoints that nobody claims.",
    "Configure a store for them: formats go3 with prefix and consumerGroup, or formats eph with prefix.",
  ),
  addAlias: declare(
    { namespace: z.string(), isEmulator: z.boolean() },
    {
      meaning: "The checkpoints stand under another name of the namespace.",
      remedy: null,
      sentence: ({ namespace, isEmulator }) =>
        isEmulator
          ? `If this hub is that emulator's, add ${JSON.stringify(namespace)} to namespaceAliases.`
          : `Add ${JSON.stringify(namespace)} to namespaceAliases.`,
    },
  ),
  correctNamespace: bare(
    "The checkpoints stand under another namespace or hub.",
    "Correct the namespace or the hub's name; if the namespace goes by two names, add the other one to namespaceAliases.",
  ),
  endPrefixInSlash: declare(
    { prefix: z.string() },
    {
      meaning: "The prefix lacks its slash: `java` and `java/` are two things.",
      remedy: null,
      sentence: ({ prefix }) => `End the prefix in a slash: ${JSON.stringify(prefix)}.`,
    },
  ),
  compareContainer: bare(
    "Nothing of this hub stands in the container.",
    "Compare the container with the one that the processors write to. If none has run yet, nothing is wrong.",
  ),
};
