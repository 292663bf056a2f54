import { z } from "zod";
import { formatCount, plural } from "#lib/core/figures.ts";
import { declare, sequenceNumber, withinSchema } from "../declare.ts";

const checkGroup = "Create it, or check the spelling.";
const stopBoth = "Stop the processors of both sides, then make a new plan.";
const grant = "Grant the identity Storage Blob Data Contributor on the container, then make a new plan.";
const blob = { blobName: z.string() };

const lowerCase = "in lower case, as JavaScript, .NET, Python and Java look for names";
const typedCase = "as typed, as Go (up to 2.0.2) and Rust look for names";

function targetNames(trees: readonly string[], isLowerCased: boolean | null): string {
  const where = trees.join(", ");
  if (isLowerCased === null)
    return `Each name stays as the moved checkpoint spells it, in ${plural(trees.length, "spelling")}: ${where}. JavaScript, .NET, Python and Java look for lower case, Go (up to 2.0.2) and Rust for names as typed.`;
  return `The checkpoints go to ${where}, ${isLowerCased ? lowerCase : typedCase}.`;
}

export const moveReasons = {
  sourceUnknown: declare(
    { because: withinSchema },
    {
      meaning: "The partition has no checkpoint that can be moved.",
      remedy: "Reset this partition of the target group instead.",
      sentence: ({ because }, say) => `There is no position to move. ${say(because)}`,
    },
  ),
  sourceInTheWay: declare(
    { because: withinSchema },
    {
      meaning:
        "Somebody reads the partition in the source group. A live move is not offered: what is processed meanwhile would be read again.",
      remedy: stopBoth,
      sentence: ({ because }, say) => `The source group is still running. ${say(because)}`,
    },
  ),
  sourceChanged: declare(
    { because: withinSchema },
    {
      meaning: "The source checkpoint has changed, or its group runs again.",
      remedy: stopBoth,
      sentence: ({ because }, say) => `At the source: ${say(because)}`,
    },
  ),
  sourceHasNoPartition: declare(
    { partitions: z.number() },
    {
      meaning: "The source hub has no partition with this id, so there is no position to move.",
      remedy: "Reset this partition of the target group instead.",
      sentence: ({ partitions }) =>
        `The source hub has ${plural(partitions, "partition")} and none with this id, so there is no position to move. Reset this partition instead.`,
    },
  ),
  processedEventGone: declare(
    { sequenceNumber },
    {
      meaning: "The last processed event is no longer in the source hub, so its enqueued time is not known.",
      remedy: "Reset this partition of the target group to a time.",
      sentence: ({ sequenceNumber: at }) =>
        `The source hub no longer has event ${formatCount(at)}, the last one processed, so its enqueued time is not known. Reset this partition to a time.`,
    },
  ),
  partitionsLeftBehind: declare(
    { partitionIds: z.array(z.string()), partitions: z.number() },
    {
      meaning: "The source hub has more partitions than this hub; the others are not moved.",
      remedy: "Let the old group finish reading those partitions.",
      sentence: ({ partitionIds, partitions }) =>
        `This hub has ${plural(partitions, "partition")}, ${formatCount(partitionIds.length)} fewer than the source hub. The other ${partitionIds.length === 1 ? "one is" : "ones are"} not moved. Let the old group finish reading there.`,
    },
  ),
  byTimeAlone: declare(
    {},
    {
      meaning:
        "Sequence numbers differ between hubs, so the move goes by enqueued time. The hubs' clocks and copied events decide what is read twice.",
      remedy: null,
      sentence: () =>
        "Sequence numbers differ between hubs, so the move goes by enqueued time. Events copied from the old hub carry the time of the copy, so some may be read again.",
    },
  ),
  unreadAtSource: declare(
    { events: z.number() },
    {
      meaning: "The group has not read all events of the source hub; the target hub does not have them.",
      remedy: "If you need these events, let the old group finish first.",
      sentence: ({ events }) =>
        `${plural(events, "event")} of the old hub ${events === 1 ? "was" : "were"} not processed yet, and can't be read here unless copied. If you need ${events === 1 ? "it" : "them"}, let the old group finish first.`,
    },
  ),
  targetOccupied: declare(
    { ...blob, sequenceNumber: sequenceNumber.nullable() },
    {
      meaning: "Another checkpoint of this partition stands at the target already.",
      remedy: "Name the partition in `overwrite` to replace it.",
      sentence: ({ blobName, sequenceNumber: at }, _, { toReplace }) =>
        `The target already has a checkpoint (${at === null ? "unreadable" : formatCount(at)}, in ${blobName}). ${toReplace} to replace it.`,
    },
  ),
  targetSpelledOtherwise: declare(
    { ...blob, sequenceNumber: sequenceNumber.nullable(), newBlobName: z.string() },
    {
      meaning:
        "A checkpoint of this partition stands at the target in another spelling, and the group's processors may read that one. The move writes beside it and does not change it.",
      remedy: "Name the partition in `overwrite` to write beside it.",
      sentence: ({ blobName, sequenceNumber: at, newBlobName }, _, { toReplace }) =>
        `The target already has a checkpoint in another spelling (${at === null ? "unreadable" : formatCount(at)}, in ${blobName}), which processors may read. ${toReplace} to write ${newBlobName} beside it.`,
    },
  ),
  targetGroupUnknown: declare(
    { group: z.string(), eventHub: z.string() },
    {
      meaning: "Azure lists no consumer group of this name on the hub that the move goes to.",
      remedy: checkGroup,
      sentence: ({ group, eventHub }) =>
        `No consumer group ${JSON.stringify(group)} is known at ${eventHub}. ${checkGroup}`,
    },
  ),
  targetGroupNotSeen: declare(
    { group: z.string(), eventHub: z.string(), because: withinSchema.nullable() },
    {
      meaning:
        "No checkpoint knows the consumer group that the move goes to, and whether Azure does could not be checked. `because` null: nobody is asked.",
      remedy: checkGroup,
      sentence: ({ group, eventHub, because }, say) =>
        `No checkpoint knows a consumer group ${JSON.stringify(group)} at ${eventHub}, and whether it exists could not be checked: ${because === null ? "Azure Resource Manager is not asked." : say(because)} ${checkGroup}`,
    },
  ),
  targetNames: declare(
    { trees: z.array(z.string()), isLowerCased: z.boolean().nullable() },
    {
      meaning:
        "Where the move writes: each SDK's processors look for the names in one spelling alone. `isLowerCased` null: the spellings differ, as those of the moved checkpoints do.",
      remedy: null,
      sentence: ({ trees, isLowerCased }) => targetNames(trees, isLowerCased),
    },
  ),
  targetMetadata: declare(
    {},
    {
      meaning: "What the move writes into each checkpoint.",
      remedy: null,
      sentence: () =>
        "Their metadata is offset, sequencenumber and, as .NET writes it, clientidentifier. That begins with tidemark/ until a processor stores its own checkpoint.",
    },
  ),
  writtenLowerCased: declare(
    { ...blob, typedBlobName: z.string() },
    {
      meaning:
        "The move writes lower-case names. Go (up to 2.0.2) and Rust look for names as they were typed, and begin at their default start where they find none.",
      remedy:
        "For a Go or Rust processor, start it once against the target and stop it, then make a new plan: the move writes where it looks.",
      sentence: ({ blobName, typedBlobName }) =>
        `Go (up to 2.0.2) and Rust would look for ${typedBlobName} only, and not find ${blobName}.`,
    },
  ),
  writtenAsTyped: declare(
    { ...blob, lowerCasedBlobName: z.string() },
    {
      meaning:
        "The move keeps the names as the group's processors typed them. Current JavaScript, .NET, Python and Java processors look for lower-case names, and begin at their default start where they find none.",
      remedy:
        "If the group goes on with such a processor, move the layout common alone: that writes lower case.",
      sentence: ({ blobName, lowerCasedBlobName }) =>
        `The names stay as typed, for Go (up to 2.0.2) and Rust. JavaScript, .NET, Python and Java would look for ${lowerCasedBlobName} only, and not find ${blobName}.`,
    },
  ),
  writeNotAllowed: declare(
    { store: z.string(), because: withinSchema },
    {
      meaning: "The dashboard may not write in the store, so nothing of the plan could be done.",
      remedy: grant,
      sentence: ({ store, because }, say) =>
        `This dashboard may not write in the store ${store}. ${say(because)}`,
    },
  ),
  deleteNotAllowed: declare(
    { store: z.string(), because: withinSchema },
    {
      meaning: "The dashboard may not delete blobs of the store, so nothing of the plan could be done.",
      remedy: grant,
      sentence: ({ store, because }, say) =>
        `This dashboard may not delete blobs of the store ${store}. ${say(because)}`,
    },
  ),
  undoNotAllowed: declare(
    { store: z.string(), because: withinSchema },
    {
      meaning: "The dashboard may not delete blobs of the store, so it could not undo what makes blobs.",
      remedy: grant,
      sentence: ({ store, because }, say) =>
        `This could not be undone: this dashboard may not delete blobs of the store ${store}. ${say(because)}`,
    },
  ),
  functionsFallback: declare(
    { oldBlobName: z.string(), newBlobName: z.string(), isNewThere: z.boolean() },
    {
      meaning:
        "Azure Functions read the old JSON layout where the common checkpoint is missing, so the move changes which of the two counts.",
      remedy: null,
      sentence: ({ oldBlobName, newBlobName, isNewThere }) =>
        isNewThere
          ? `Azure Functions with extension 5 or later reads the common checkpoint (${newBlobName}) now and after the move. Earlier extensions read only the old JSON one (${oldBlobName}).`
          : `Azure Functions with extension 5 or later reads the old JSON checkpoint (${oldBlobName}) now, and the common one (${newBlobName}) after the move. Earlier extensions read only the old one.`,
    },
  ),
  functionsElsewhere: declare(
    {
      blobName: z.string(),
      store: z.string(),
      newBlobName: z.string(),
      newStore: z.string(),
      // Version 0.2.0 did not keep it.
      isOld: z.boolean().optional(),
    },
    {
      meaning:
        "Azure Functions reads the checkpoint of the group and store that it is configured for, which is the one that is moved from. `isOld`: in the old JSON layout, since there is no common one.",
      remedy: "Configure the app for the new group and store before it starts again.",
      sentence: ({ blobName, store, newBlobName, newStore, isOld }) => {
        const which = isOld === true ? "old JSON" : isOld === false ? "common" : "";
        const checkpoint = which === "" ? blobName : `the ${which} checkpoint (${blobName})`;
        return `Azure Functions with extension 5 or later reads ${checkpoint} in the store ${store}, before and after the move. It reads the common one (${newBlobName}) in the store ${newStore} once it is configured for that. Earlier extensions can't read that one.`;
      },
    },
  ),
  madeByMove: declare(
    {},
    {
      meaning: "There was no checkpoint before the move, so its undo deletes the one that it made.",
      remedy: null,
      sentence: () => "There was no checkpoint before the move, so the undo deletes the new one.",
    },
  ),
  positionRestoredAlone: declare(
    {},
    {
      meaning:
        "The hub takes the former checkpoint no longer as it was, so the undo writes its position anew, without its other metadata.",
      remedy: null,
      sentence: () =>
        "The former checkpoint can't be restored exactly, because the event hub would not take it any more. The undo writes only its position.",
    },
  ),
  moveTouched: declare(blob, {
    meaning: "The checkpoint that the move made was written since, so it is not deleted.",
    remedy: "If nobody needs it any more, clean it up.",
    sentence: ({ blobName }) =>
      `${blobName} stays as it is: it was written after the move, which had created it.`,
  }),
  madeIsGone: declare(blob, {
    meaning: "The checkpoint that the move made is gone already, and there was none before it.",
    remedy: null,
    sentence: ({ blobName }) =>
      `There is nothing to undo: ${blobName}, which the move made, is gone already.`,
  }),
};
