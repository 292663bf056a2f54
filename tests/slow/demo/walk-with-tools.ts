import { expect } from "@playwright/test";
import { connectTools } from "#tests/support/fixtures/tool-client.ts";

interface Checkpointed {
  partitionId: string;
  checkpoint: { sequenceNumber: number } | null;
}
interface Ended {
  outcome: string;
  details: { resetId?: string; results?: Record<string, number> };
}
const patience = { timeout: 60_000, intervals: [1_000] };

export async function walkWithTools(url: string): Promise<string> {
  const lines: string[] = [];
  let typed: string | null = null;
  const tools = await connectTools(url, {}, (question) => {
    lines.push(`? ${question}`, `  (the person ${typed === null ? "declines" : `types "${typed}"`})`);
    return typed === null ? { action: "decline" } : { action: "accept", content: { name: typed } };
  });
  const call = async (name: string, given: Record<string, unknown> = {}) => {
    lines.push(`> ${name} ${JSON.stringify(given)}`);
    const told = await tools.call(name, given);
    lines.push(`  ${told.text}`, ...(told.page === null ? [] : [`  ${told.page}`]));
    return told;
  };
  const aside = (text: string) => lines.push(`  ${text}`);

  const overview = await call("overview");
  const groups: { hub: string; name: string; status: string; totalLag: number }[] =
    overview.data.consumerGroups.items;
  const stopped = groups.find(({ status }) => status === "stop");
  if (stopped === undefined) throw new Error(`No group has stopped: ${JSON.stringify(groups)}`);
  const place = { hub: stopped.hub, group: stopped.name };
  aside(`stopped: ${place.hub}/${place.group}, ${stopped.totalLag} events behind`);
  const group = await call("group", place);
  const [worst] = group.data.worstPartitions.items;
  aside(`partition ${worst.partitionId}: ${worst.statusReason ?? worst.reason}`);
  expect((await call("owners", place)).data.changes.items.length).toBeGreaterThan(0);
  const incidents = await call("incidents", place);
  for (const { summary } of incidents.data.incidents.items) aside(summary);
  expect((await call("diagnosis", { hub: place.hub })).isError).toBe(false);
  const checkpoints = async () => {
    const partitions: Checkpointed[] = (await tools.call("partitions", place)).data.partitions.items;
    const known = partitions.map(({ partitionId, checkpoint }) => [
      partitionId,
      checkpoint?.sequenceNumber ?? null,
    ]);
    return Object.fromEntries(known) as Record<string, number | null>;
  };
  const before = await checkpoints();
  aside(`checkpoints: ${JSON.stringify(before)}`);

  const plan = await call("plan_reset", { ...place, partitions: "all", target: { kind: "latest" } });
  const { planId } = plan.data;
  const refused = { isError: true, data: { code: "invalidRequest" } };
  expect(await call("apply_reset", { planId })).toMatchObject(refused);
  typed = `not-${place.group}`;
  expect(await call("apply_reset", { planId })).toMatchObject(refused);
  expect(await checkpoints()).toEqual(before);

  typed = place.group;
  const applied = await call("apply_reset", { planId });
  const ended = async (resetId: string) => {
    const { data } = await tools.call("activity", { hub: place.hub, group: place.group });
    const entries: Ended[] = data.entries.items;
    return entries.find(({ details, outcome }) => details.resetId === resetId && outcome !== "started");
  };
  const isWritten = { outcome: "done", details: { results: { written: Object.keys(before).length } } };
  await expect.poll(() => ended(applied.data.resetId), patience).toMatchObject(isWritten);
  const isAhead = async () =>
    Object.entries(await checkpoints()).every(([id, at]) => (at ?? 0) > (before[id] ?? 0));
  await expect.poll(isAhead, patience).toBe(true);
  const after = await checkpoints();
  aside(`checkpoints: ${JSON.stringify(after)}`);

  const back = await call("undo", { resetId: applied.data.resetId });
  const undone = await call("apply_reset", { planId: back.data.planId });
  await expect.poll(() => ended(undone.data.resetId), patience).toMatchObject(isWritten);
  await expect.poll(checkpoints, patience).toEqual(before);
  aside(`checkpoints: ${JSON.stringify(before)}`);
  await tools.client.close();
  return `${lines.join("\n")}\n`;
}
