import { operations } from "#lib/api/operations/operations.ts";
import { shownUrgency } from "#lib/client/lag/attention.ts";
import type { RunCommand } from "../command.ts";
import { groupColumns } from "../output/group-columns.ts";

export const groups: RunCommand = async ({ api, output, args: [hub] }) => {
  const { eventHubs } =
    hub === undefined
      ? await api.call(operations.getOverview, { params: {} })
      : { eventHubs: [await api.call(operations.getEventHub, { params: { hub } })] };
  for (const { id, error, observedAt } of eventHubs) {
    if (error === null && observedAt === null) output.say(`${id} was not read yet.`);
    if (error !== null)
      output.say(`${id} could not be read; its figures are old or missing: ${error.message}`);
  }
  const rows = eventHubs
    .flatMap(({ id, consumerGroups }) => consumerGroups.map((group) => ({ hub: id, group })))
    .toSorted((a, b) => shownUrgency(b.group) - shownUrgency(a.group));
  const isKnown = eventHubs.every(({ observedAt }) => observedAt !== null);
  const none = isKnown ? "There is no consumer group." : "No consumer group is known yet.";
  output.rows(groupColumns(Date.now()), rows, { eventHubs }, none);
  return "done";
};
