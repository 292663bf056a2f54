import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ContainerClient, ContainerSASPermissions } from "@azure/storage-blob";
import { expect, vi } from "vitest";
import type { z } from "zod";
import { consumerGroupDetailSchema } from "#lib/api/consumer-group.ts";
import { type Owners, ownersSchema } from "#lib/api/history.ts";
import { type Positions, positionsSchema } from "#lib/api/plans/positions.ts";
import { type Reset, type ResetPlan, resetPlanSchema, resetSchema } from "#lib/api/resets.ts";
import type { Target } from "#lib/api/target.ts";
import { makeCertificate } from "#lib/sandbox/certificate.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { anotherContainer } from "#tests/support/worlds/moving-world.ts";
import type { Task } from "./task.ts";

export const consumerGroup = "workers";
export const successor = "successor";
export const partitionIds = ["0", "1"];

const expirationMs = 15_000;
/** A dashboard that renews late on a busy machine loses no partition to the processor that it holds off. */
const liveExpirationMs = 40_000;
const hourMs = 3_600_000;
const patience = { timeout: 180_000, interval: 300 };
/** The dashboard makes only so many plans in a while. */
const planPatience = { timeout: 120_000, interval: 3_000 };

type Group = z.infer<typeof consumerGroupDetailSchema>;

/**
 * The endpoint over TLS, a storage and the built dashboard on both, with a hub for each case of each SDK.
 * Checkpoints move to the container `fresh` and the group `successor`. `preview` returns a plan for partition
 * 0 as it comes, while `plan` and `move` ask until nothing is blocked. `watched` waits until the dashboard
 * watches the reset no longer.
 */
export interface InteropWorld {
  local: LocalWorld;
  fresh: Pick<Task, "container" | "containerUrl">;
  task(eventHubName: string, over?: Partial<Task>): Task;
  group(hub: string, isAsWanted: (group: Group) => void): Promise<Group>;
  owners(hub: string): Promise<Owners>;
  preview(hub: string, target: Target, over?: object): Promise<ResetPlan>;
  plan(hub: string, target: Target, over?: object): Promise<ResetPlan>;
  move(hub: string, store: string, to: { group: string; store: string }): Promise<ResetPlan>;
  undoOf(resetId: string): Promise<ResetPlan>;
  apply(hub: string, planId: string, group?: string): Promise<Reset>;
  watched(resetId: string): Promise<Reset>;
  positions(hub: string): Promise<Positions>;
  stop(): Promise<void>;
}

/** Rust takes the empty owner of a partition given back for a real one, and waits until it expires. */
const expirationOf = (hub: string): number => (/^case4-(?!rust)/.test(hub) ? liveExpirationMs : expirationMs);

const base64url = (value: string): string => Buffer.from(value).toString("base64url");

/** The token is unsigned: the endpoint checks only audience and expiry. */
function makeToken(): string {
  const claims = { aud: "https://eventhubs.azure.net", exp: Math.floor((Date.now() + hourMs) / 1000) };
  return [JSON.stringify({ alg: "none" }), JSON.stringify(claims), "unsigned"].map(base64url).join(".");
}

/**
 * @param hubs all hubs of the endpoint
 * @param watched the hubs that the dashboard reads
 * @param isWholeTable makes live resets as patient as by default, so that people will see the same pauses
 */
export async function startInteropWorld(
  hubs: readonly string[],
  watched: readonly string[],
  isWholeTable: boolean,
): Promise<InteropWorld> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-interop-"));
  const { tls, authority: trusted } = await makeCertificate();
  const authority = join(folder, "authority.pem");
  await writeFile(authority, trusted);
  const local = await startLocalWorld(
    hubs.map((name) => ({
      name,
      partitionCount: partitionIds.length,
      consumerGroups: [consumerGroup, successor, "inspect"],
      isGeoReplicated: name.endsWith("-Opaque"),
    })),
    "own",
    { tls },
  );
  const { eventHubs, azurite, container } = local;
  const freshContainer = await anotherContainer(local);
  const stores = (hub: string) => {
    const main = {
      id: "main",
      connectionString: azurite.connectionString,
      container: container.containerName,
    };
    return [
      main,
      { ...main, id: "hosts", prefix: `hosts/${hub}/`, formats: ["eph"] },
      { ...main, id: "go", prefix: `go/${hub}/`, consumerGroup, formats: ["go3"] },
      { ...main, id: "fresh", container: freshContainer.containerName },
    ];
  };
  const dashboard = await startDashboard(
    {
      refreshSeconds: 2,
      ...(isWholeTable ? {} : { liveResets: { leastQuietSeconds: 4 } }),
      eventHubs: watched.map((hub) =>
        local.hubConfig(hub, {
          // The group is listed before it has any blob, too.
          consumerGroups: [consumerGroup],
          inspectionConsumerGroup: "inspect",
          ...(/-(moved|TypedMove)$/.test(hub) ? { checkpointStores: stores(hub) } : {}),
          // Resets of stopped groups wait for the expiry. For running groups it is the processors' own.
          ownershipExpirationSeconds: hub.startsWith("case4") ? expirationOf(hub) / 1000 : 6,
        }),
      ),
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
  const placed = async (at: ContainerClient): Promise<Pick<Task, "container" | "containerUrl">> => ({
    container: at.containerName,
    containerUrl: await at.generateSasUrl({
      permissions: ContainerSASPermissions.parse("racwdl"),
      expiresOn: new Date(Date.now() + hourMs),
    }),
  });
  const [main, fresh] = [await placed(container), await placed(freshContainer)];
  const ask = asking(dashboard);
  const groupPath = (hub: string, group = consumerGroup) => `/event-hubs/${hub}/consumer-groups/${group}`;

  return {
    local,
    fresh,
    task: (eventHubName, over = {}) => ({
      eventHubName,
      consumerGroup,
      connectionString: eventHubs.connectionString
        .replace(/localhost:\d+/, "localhost/")
        .replace(/UseDevelopmentEmulator=true;?/, ""),
      emulatorConnectionString: eventHubs.connectionString,
      token: makeToken(),
      tlsPort: eventHubs.tlsPort ?? 0,
      authority,
      storageConnectionString: azurite.connectionString,
      ...main,
      intervalMs: 1_000,
      expirationMs: expirationOf(eventHubName),
      batchSize: 10,
      handlerMs: 0,
      checkpointEvery: 1,
      startPosition: "earliest",
      ...over,
    }),
    group: (hub, isAsWanted) =>
      vi.waitFor(async () => {
        const group = consumerGroupDetailSchema.parse(await ask(groupPath(hub)));
        isAsWanted(group);
        return group;
      }, patience),
    owners: async (hub) => ownersSchema.parse(await ask(`${groupPath(hub)}/owners`)),
    preview: async (hub, target, over = {}) =>
      resetPlanSchema.parse(
        await ask(`${groupPath(hub)}/resets/preview`, { partitions: ["0"], target, ...over }),
      ),
    plan: (hub, target, over = {}) =>
      unblocked(() => ask(`${groupPath(hub)}/resets/preview`, { partitions: ["0"], target, ...over })),
    move: (hub, store, to) =>
      unblocked(() => ask(`${groupPath(hub)}/moves/preview?store=${store}`, { partitions: ["0"], to })),
    undoOf: (resetId) => unblocked(() => ask(`/resets/${resetId}/undo`, {})),
    apply: async (hub, planId, group = consumerGroup) => {
      const { id } = resetSchema.parse(
        await ask(`${groupPath(hub, group)}/resets`, { planId, confirm: group }),
      );
      return vi.waitFor(async () => {
        const reset = resetSchema.parse(await ask(`/resets/${id}`));
        expect(reset.state).not.toBe("running");
        return reset;
      }, patience);
    },
    watched: (resetId) =>
      vi.waitFor(async () => {
        const reset = resetSchema.parse(await ask(`/resets/${resetId}`));
        expect(Date.parse(reset.watchedUntil ?? "")).toBeLessThan(Date.now());
        return reset;
      }, patience),
    // A group that came to a store by a move is there only with the next refresh.
    positions: (hub) =>
      vi.waitFor(
        async () => positionsSchema.parse(await ask(`${groupPath(hub)}/positions?store=main`)),
        patience,
      ),
    stop: async () => {
      await dashboard.end();
      await local.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function asking({ url }: TestDashboard) {
  return async (path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined
        ? {}
        : {
            method: "POST",
            headers: { "content-type": "application/json", origin: url },
            body: JSON.stringify(body),
          }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
}

/** Asks until nothing is blocked, since the group's processors may have ended only just now. */
async function unblocked(ask: () => Promise<unknown>): Promise<ResetPlan> {
  return vi.waitFor(async () => {
    const plan = resetPlanSchema.parse(await ask());
    expect([plan.blockedBy, ...plan.entries.map(({ blockedBy }) => blockedBy)].filter(Boolean)).toEqual([]);
    return plan;
  }, planPatience);
}
