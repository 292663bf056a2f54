import type { incidentReasons } from "#lib/api/reasons/incidents.ts";

/** What an incident means to a person, and what to do, in place of the API's words for it. */
export const incidentHelp: Record<keyof typeof incidentReasons, string> = {
  nothingKnown:
    "The dashboard can't tell now whether the problem is still there, so the incident stays open. Open the event hub's diagnosis: it says what could not be read ([freshness](figures.md#freshness)).",
  conditionOver:
    "What the incident was about is over, for less than a minute so far. It closes by itself if that lasts, and goes on if the problem comes back. Open the group: its [status](figures.md#status) says how it does now.",
  lagAbove:
    "More events wait unread than the rule allows. Open the group: the [status](figures.md#status) says whether it catches up. Falling behind: add processors, or make the handler faster. Stopped: see [Stopped](figures.md#stopped).",
  timeLagAbove:
    "The oldest unread event has waited for longer than the rule allows ([time lag](figures.md#time-lag)). Open the group: if its lag shrinks, wait. Else add processors, make the handler faster, or see [Stopped](figures.md#stopped).",
  retentionUsed:
    "The unread events are nearly as old as the event hub keeps them ([retention used](figures.md#retention-used)). At 100 % they are deleted unread. Bring the group to go on or make it faster now; to gain time, lengthen the event hub's retention.",
  eventsBeingLost:
    "Retention deletes events before the group has checkpointed them ([lost events](figures.md#lost-events)). They can't be brought back. The figure is the most that were past its checkpoints at one time of the incident: it does not shrink as they move on, and more may be lost in all. Lengthen the event hub's retention, and bring the group to go on or make it faster, so that no more are lost.",
  lossForeseen:
    "At the present rates retention will soon delete events that the group has not read ([about to lose events](figures.md#about-to-lose-events)). Bring the group to go on or make it faster; to gain time, lengthen the event hub's retention.",
  statusIs: `The group, or some of its partitions, are not well. Open the group: the line above its tabs says which partitions, and what to do. What the word in the alert means:

- [Stopped](figures.md#stopped): no new checkpoint while events wait. Check that the processors run. If they do, look in their logs for a handler that hangs, an event that fails every time, or a checkpoint that fails.
- [Stalled](figures.md#stalled): checkpoints come, but stay at one event. Read the next event in the partition's row. Then mend the handler, or [skip the event](resets.md).
- [Back at an older checkpoint](figures.md#rewound): a processor may have overwritten a newer one. See who owned the partition at that time, on the group's Owners tab.
- [Falling behind](figures.md#falling-behind): events come in faster than they are processed. Add processors, or make the handler faster.`,
  statusNotKnown:
    "Too little is known to say how the group does ([Unknown](figures.md#unknown)). Often a second checkpoint is missing, and waiting helps. If a checkpoint can't be read, or belongs to another stream, its partition's row says why and what to do.",
  lagStates:
    "Some checkpoints can't be used, are missing or are past the end of the stream ([why a lag is a dash](figures.md#why-a-lag-is-a-dash)). Open the group and the partition's row: it says what is wrong. A [reset](resets.md) writes a good checkpoint; the hub's diagnosis names the blobs.",
  partitionsUnowned:
    "Nobody reads these partitions ([owners](figures.md#owners)). Check that enough of the group's processors run, and that they start without errors. After a start it can take minutes until all partitions have an owner.",
  figuresUnread:
    "The event hub or one of its checkpoint stores can't be read, so its figures grow old and no alert can be trusted. The message says what fails; the event hub's diagnosis says what to do. See [Connect](connect.md).",
  figuresHidden:
    "The event hub can't be read. Why names a part that your role does not cover: ask an admin ([sign-in and roles](sign-in.md)).",
  groupDeleted:
    "All checkpoints of the group are deleted ([Gone](figures.md#gone)). If that was intended, dismiss the group on its page. If not, restore its blobs before it starts: without them it reads from its configured start position.",
};
