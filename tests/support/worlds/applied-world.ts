import { afterAll, beforeAll, beforeEach } from "vitest";
import type { History } from "#lib/history/history.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { runOffline } from "#lib/reset/apply/run-offline.ts";
import type { Patience } from "#lib/reset/group/patience.ts";
import { storedBlobs } from "#tests/support/azurite.ts";
import { newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { type FaultyProxy, startFaultyProxy } from "#tests/support/proxies/faulty-proxy.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "./local-world.ts";
import { begun, placeOf, plannedNow, runToEnd } from "./reset-world.ts";

const partitionCount = 4;
export const partitionIds = ["0", "1", "2", "3"];

export let world: LocalWorld;
export let proxy: FaultyProxy;
let groups = 0;
export let group: string;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount, consumerGroups: [] }]);
  proxy = await startFaultyProxy(world.azurite.port);
  for (const id of partitionIds) world.enqueue("orders", id, 100);
});
afterAll(async () => {
  await proxy?.stop();
  await world?.stop();
});
beforeEach(async () => {
  proxy.fate = () => "pass";
  groups += 1;
  group = `group-${groups}`;
  for (const id of partitionIds) await world.checkpoint("orders", group, id, 50 + Number(id));
});

export const openSqlite = async () => openHistory(await newDatabase("sqlite"));
export const blobOf = (id: string, name = group) => `${localNamespace}/orders/${name}/checkpoint/${id}`;
export const standing = async (id: string) => (await storedBlobs(world.container))[blobOf(id)];

export async function apply(
  sequenceNumber: number,
  options: Parameters<typeof placeOf>[2] & {
    before?: () => Promise<unknown>;
    whileNoting?: () => Promise<unknown>;
    stop?: AbortSignal;
    patience?: Patience;
    ids?: string[];
    planned?: (write: PlannedWrite) => PlannedWrite;
  } = {},
) {
  const {
    before,
    whileNoting,
    stop,
    patience,
    ids = partitionIds,
    planned = (one) => one,
    ...over
  } = options;
  const history = await openSqlite();
  if (whileNoting) delayNotes(history, whileNoting);
  const writes = (await plannedNow(world, group, ids, sequenceNumber)).map(planned);
  const reset = await begun(history, world, group, writes);
  await before?.();
  return runToEnd(history, reset, placeOf(world, group, over), runOffline, {
    ...(stop && { stop }),
    ...(patience && { patience }),
  });
}

function delayNotes({ resets }: History, meanwhile: () => Promise<unknown>): void {
  const note = resets.note.bind(resets);
  resets.note = async (id, instance, changes) => {
    if (changes.some(({ result }) => result === "writing")) await meanwhile();
    return note(id, instance, changes);
  };
}
