import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { freePort } from "#tests/support/free-port.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";

/** `start` starts the built dashboard, again at the same address and with the same history. */
export interface TwoAccounts {
  world: LocalWorld;
  ids: readonly string[];
  source: ContainerClient;
  target: ContainerClient;
  start(): Promise<TestDashboard>;
  stop(): Promise<void>;
}

interface Options {
  /** Their checkpoints stand at sequence number 40 plus the partition's, in the common layout. */
  common: readonly string[];
  /** The same, as Functions wrote them before extension 5. */
  functions?: readonly string[];
  moreStores?: (accounts: { source: Azurite; target: Azurite }) => Promise<object[]>;
}

/** A hub with four partitions, its store `old` in one account, as Functions have it, and `new` in another. */
export async function startTwoAccounts({
  common,
  functions = [],
  moreStores = async () => [],
}: Options): Promise<TwoAccounts> {
  const [from, to] = await Promise.all([
    startAzurite({ account: "oldaccount" }),
    startAzurite({ account: "newaccount" }),
  ]);
  const ids = ["0", "1", "2", "3"];
  const consumerGroups = [...common, ...functions];
  const world = await startLocalWorld([{ name: "Orders", partitionCount: ids.length, consumerGroups }], from);
  for (const id of ids) world.enqueue("Orders", id, 100);
  const containerIn = async ({ connectionString }: Azurite, name: string) =>
    (await BlobServiceClient.fromConnectionString(connectionString).createContainer(name)).containerClient;
  // One name in both accounts, as an account is replaced.
  const name = "azure-webjobs-eventhub";
  const [source, target] = await Promise.all([containerIn(from, name), containerIn(to, name)]);
  const at = (group: string) => ({ namespace: localNamespace, eventHub: "Orders", group });
  const positions = ids.map((partitionId) => ({ partitionId, sequenceNumber: 40 + Number(partitionId) }));
  await putWild(source, [
    ...common.flatMap((group) => positions.flatMap((position) => wild.common(at(group), position))),
    ...functions.flatMap((group) => positions.map((position) => wild.functions(at(group), position))),
  ]);
  const checkpointStores = [
    { id: "old", connectionString: from.connectionString, container: name },
    { id: "new", connectionString: to.connectionString, container: name },
    ...(await moreStores({ source: from, target: to })),
  ];
  const eventHubs = [
    world.hubConfig("Orders", {
      id: "orders",
      ownershipExpirationSeconds: 2,
      consumerGroups,
      checkpointStores,
    }),
  ];
  const dataDir = await mkdtemp(join(tmpdir(), "tidemark-two-accounts-"));
  const env = {
    TIDEMARK_READ_ONLY: "false",
    TIDEMARK_DATA_DIR: dataDir,
    PORT: String(await freePort()),
  };
  let running: TestDashboard | undefined;
  return {
    world,
    ids,
    source,
    target,
    start: async () => {
      running = await startDashboard({ refreshSeconds: 1, eventHubs }, env);
      return running;
    },
    stop: async () => {
      await running?.end("SIGKILL");
      await world.stop();
      await Promise.all([from.stop(), to.stop(), rm(dataDir, { recursive: true, force: true })]);
    },
  };
}
