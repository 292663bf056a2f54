import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { z } from "zod";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { operations } from "#lib/api/operations/operations.ts";
import type { ResetPlan } from "#lib/api/resets.ts";
import type { Target } from "#lib/api/target.ts";
import { parseRanges } from "#lib/client/lag/partition-ranges.ts";
import { fileRefusals, fileTarget } from "#lib/client/positions/import-target.ts";
import { readPositions } from "#lib/client/positions/positions-file.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import type { Api } from "../api.ts";
import { CommandFailure, usage } from "../failure.ts";
import { storeShape } from "../parse/address.ts";
import { wholeNumber } from "../parse/time.ts";

export const choiceShape = {
  ...storeShape,
  partitions: z.string().optional(),
  live: z.literal(true).optional(),
  handlerSeconds: wholeNumber.optional(),
};
const schema = z.object(choiceShape);
type Choice = z.output<typeof schema>;

export async function planReset(
  api: Api,
  params: Pick<GroupAddress, "hub" | "group">,
  wanted: Target | { file: string; by: "position" | "time" | null },
  { store, partitions, live, handlerSeconds }: Choice,
): Promise<ResetPlan> {
  const group = await api.call(operations.getConsumerGroup, { params, query: { store } });
  const known = group.partitions.map(({ partitionId }) => partitionId);
  const chosen = partitions === undefined ? null : chosenOf(partitions, known);
  const { target, within } =
    "file" in wanted ? await targetOfFile(api, params.hub, wanted, known) : { target: wanted, within: null };
  const both =
    within === null || chosen === null ? (within ?? chosen) : within.filter((id) => chosen.includes(id));
  if (both?.length === 0) throw usage("The file has a place for none of these partitions.");
  return api.call(operations.previewReset, {
    params,
    query: { store },
    body: {
      partitions: both ?? "all",
      target,
      mode: live ? "live" : "offline",
      ...(handlerSeconds === undefined ? {} : { handlerSeconds }),
    },
  });
}

export function chosenOf(
  text: string,
  known: GroupPartition["partitionId"][],
  option = "--partitions",
): string[] {
  const { ids, problems } = parseRanges(text, known);
  if (problems.length > 0) throw usage(`${option}: ${problems.join(" ")}`);
  return ids;
}

async function targetOfFile(
  api: Api,
  hub: string,
  { file: path, by }: { file: string; by: "position" | "time" | null },
  known: string[],
): Promise<{ target: Target; within: string[] }> {
  const text = await (path === "-" ? readAll(process.stdin) : readFile(path, "utf8")).catch(
    (error: Error) => {
      throw new CommandFailure("failed", `${path} can't be read: ${error.message}.`);
    },
  );
  const imported = await readPositions(text);
  if ("problems" in imported) throw usage(`${path}: ${imported.problems.join(" ")}`);
  const { fullyQualifiedNamespace, eventHubName, createdOn } = await api.call(operations.getEventHub, {
    params: { hub },
  });
  const choice = {
    file: imported.file,
    hub: { fullyQualifiedNamespace, eventHubName, createdOn: createdOn ?? "" },
    known,
  };
  const refusal = by === null ? null : fileRefusals(choice)[by];
  if (refusal !== null) throw new CommandFailure("refused", refusal);
  const found = fileTarget(choice, by);
  if ("missing" in found) throw new CommandFailure("refused", found.missing);
  return found;
}
