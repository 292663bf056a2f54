import { commonFormat } from "#lib/checkpoint-store/formats/common.ts";
import { collectGroups } from "#lib/checkpoint-store/listing/collect-groups.ts";
import { ownershipsIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { scopeOf } from "#lib/checkpoint-store/store-scope.ts";
import type { CleanedWrite } from "#lib/history/resets/plan-record.ts";
import { type CleanupFacts, cleanupCandidates } from "#lib/ownership/cleanup-candidates.ts";
import { judgeCleanup } from "#lib/reset/apply/judge-cleanup.ts";
import type { Observation } from "#lib/reset/apply/observation.ts";
import { hubReading, noon, properties } from "#tests/support/fixtures/sources.ts";

export const guardSeconds = 60;
export const lower = "contoso.servicebus.windows.net/orders/billing";
export const typed = "Contoso.servicebus.windows.net/Orders/Billing";
const scope = scopeOf({ fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" });
export const good = { sequencenumber: "9", offset: "576" };

export class World {
  readonly blobs = new Map<string, ListedBlob>();
  partitions = ["0", "1"];
  knownGroups: ReadonlySet<string> | null = new Set(["billing"]);
  leftBehind: CleanupFacts["leftBehind"] = new Map();
  now = noon;
  #etags = 0;

  put(name: string, metadata: Record<string, string>): void {
    this.#etags += 1;
    const [etag, updatedAt] = [String(this.#etags), this.now];
    this.blobs.set(name, {
      name,
      etag,
      updatedAt,
      size: 0,
      leased: false,
      metadata: new Map(Object.entries(metadata)),
    });
  }

  plan(): CleanedWrite[] {
    const contents = [...this.blobs.values()].flatMap((blob) => {
      const address = commonFormat.address(blob.name, scope);
      return address === null ? [] : commonFormat.read(blob, address, null);
    });
    const group = collectGroups(contents, this.now).get("billing");
    if (group === undefined) return [];
    return cleanupCandidates(group, {
      storeNow: this.now,
      guardSeconds,
      partitionIds: new Set(this.partitions),
      knownGroups: this.knownGroups,
      leftBehind: this.leftBehind,
    }).map(({ blobName, partitionId, format, etag, why, needs }) => ({
      partitionId: blobName,
      blobName,
      format,
      etag,
      sequenceNumber: -1,
      offset: "",
      act: why === "brokenOwnership" ? "release" : "remove",
      cleans: { partitionId, why, ...(needs !== undefined && { needs }) },
    }));
  }

  whys(): Record<string, string> {
    return Object.fromEntries(this.plan().map(({ blobName, cleans }) => [blobName, cleans.why]));
  }

  verdictOf(write: CleanedWrite): string {
    const listing = { readAt: this.now, blobs: this.blobs };
    const hub = hubReading(this.partitions.map((id) => properties(id)));
    const observation: Observation = {
      listing,
      ownerships: ownershipsIn(listing),
      hub,
      faults: new Map(),
      trees: [],
      rivals: new Map(),
      guardSeconds,
      group: "Billing",
      knownGroups: this.knownGroups,
      source: null,
    };
    return judgeCleanup(write, hub.createdOn, observation).verdict;
  }
}

export function worldOf(fill: (world: World) => void): World {
  const world = new World();
  fill(world);
  return world;
}
