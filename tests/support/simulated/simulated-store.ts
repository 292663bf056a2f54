import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { groupsAt, ownerAt } from "./churn.ts";
import { listedElement, listingPage } from "./listing-pages.ts";

const perPage = 5_000;
/** Azurite's well-known key: nothing checks it here. */
const key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

interface SimulatedHub {
  namespace: string;
  eventHubName: string;
  partitions: number;
  groups: number;
  /** Its owners and groups come and go. */
  churns?: boolean;
}

/** A listing of a hub from its first page on. `to`: when its last page was sent; null if it broke off. */
export interface HubListing {
  hub: string;
  reader: string;
  from: number;
  to: number | null;
}

/** Every account serves the same: the one that is asked tells the reader. */
export interface SimulatedStore {
  url: string;
  connectionStringOf(reader: string): string;
  listings: readonly HubListing[];
  turn(): void;
  requests(): number;
  stop(): Promise<void>;
}

/**
 * A storage account at the wire that lists the checkpoints and owners of hubs. Each `turn` changes a tenth of
 * the checkpoints to another set, built once; a hub that churns is built anew. Azurite takes minutes to hold as
 * many blobs.
 */
export async function startSimulatedStore(hubs: readonly SimulatedHub[]): Promise<SimulatedStore> {
  const folders = hubs.map((hub) => ({
    hub: hub.eventHubName,
    prefix: `${hub.namespace}/${hub.eventHubName}/`,
    ...folderOf(hub),
  }));
  const empty = listingPage([]);
  let turn = 0;
  let requests = 0;
  const listings: HubListing[] = [];
  const server = createServer((request, response) => {
    requests += 1;
    const { pathname, searchParams: asked } = new URL(request.url ?? "", "http://x");
    const prefix = asked.get("prefix")?.toLowerCase();
    const isFlat = asked.get("delimiter") === null;
    const folder = isFlat ? folders.find((one) => one.prefix === prefix) : undefined;
    const ofGroup = isFlat ? folders.find((one) => prefix?.startsWith(one.prefix)) : undefined;
    response.writeHead(200, { "content-type": "application/xml", date: new Date().toUTCString() });
    const marker = Number(asked.get("marker") ?? 0);
    const pages = folder?.pages(turn);
    if (folder !== undefined) {
      const { hub } = folder;
      const reader = pathname.split("/")[1] ?? "";
      if (marker === 0) listings.push({ hub, reader, from: Date.now(), to: null });
      const listing = listings.findLast((one) => one.hub === hub && one.reader === reader);
      if (marker + 1 === pages?.length)
        response.once("finish", () => {
          if (listing !== undefined) listing.to = Date.now();
        });
    }
    response.end(pages?.[marker] ?? ofGroup?.part(prefix ?? "", turn) ?? empty);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${base}/account/container`,
    connectionStringOf: (reader) =>
      `DefaultEndpointsProtocol=http;AccountName=${reader};AccountKey=${key};BlobEndpoint=${base}/${reader};`,
    listings,
    turn: () => {
      turn += 1;
    },
    requests: () => requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function folderOf(hub: SimulatedHub) {
  const built = new Map<number, { pages: Buffer[]; parts: Map<string, Buffer> }>();
  const setOf = (turn: number) => (hub.churns ? turn : turn % 2);
  const at = (set: number) => {
    const known = built.get(set);
    if (known !== undefined) return known;
    if (hub.churns) built.clear();
    const made = {
      pages: pagesOf(blobsOf(hub, set)).map((page) => Buffer.from(page)),
      parts: new Map<string, Buffer>(),
    };
    built.set(set, made);
    return made;
  };
  if (!hub.churns) for (const set of [0, 1]) at(set);
  return {
    pages: (turn: number): Buffer[] => at(setOf(turn)).pages,
    /** What stands under a group's prefix, as its processors list it. */
    part: (prefix: string, turn: number): Buffer => {
      const { parts } = at(setOf(turn));
      const known = parts.get(prefix);
      if (known !== undefined) return known;
      const blobs = blobsOf(hub, setOf(turn)).filter((blob) => blob.includes(`<Name>${prefix}`));
      const part = Buffer.from(listingPage(blobs));
      parts.set(prefix, part);
      return part;
    },
  };
}

function blobsOf(hub: SimulatedHub, turn: number): string[] {
  const { namespace, eventHubName, partitions, groups, churns = false } = hub;
  const folder = `${namespace}/${eventHubName}`;
  const now = Date.now();
  const names = churns ? groupsAt(groups, turn) : Array.from({ length: groups }, (_, group) => `g${group}`);
  const blobs: string[] = [];
  for (const [group, name] of names.entries()) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const moved = churns
        ? Math.floor((turn + partition) / 10) % 10
        : (partition + turn) % 10 === 0
          ? turn
          : 0;
      const at = 10 + moved;
      const { ownerId, silentSeconds } = churns
        ? ownerAt(group, partition, turn)
        : { ownerId: `owner-${partition % 32}`, silentSeconds: 0 };
      const etag = `0x${(group * 10_000 + partition).toString(16)}-${moved}`;
      const modified = (ms: number) => `<Last-Modified>${new Date(ms).toUTCString()}</Last-Modified>`;
      blobs.push(
        listedElement(`${folder}/${name}/checkpoint/${partition}`, {
          etag: `<Etag>${etag}</Etag>`,
          lastModified: modified(now),
          metadata: `<Metadata><sequencenumber>${at}</sequencenumber><offset>${at * 64}</offset></Metadata>`,
        }),
        listedElement(`${folder}/${name}/ownership/${partition}`, {
          etag: `<Etag>${etag}${churns ? `-${turn}` : ""}</Etag>`,
          lastModified: modified(now - silentSeconds * 1_000),
          metadata:
            ownerId === ""
              ? "<Metadata><ownerid /></Metadata>"
              : `<Metadata><ownerid>${ownerId}</ownerid></Metadata>`,
        }),
      );
    }
  }
  return blobs;
}

function pagesOf(blobs: readonly string[]): string[] {
  const count = Math.ceil(blobs.length / perPage);
  return Array.from({ length: count }, (_, page) =>
    listingPage(blobs.slice(page * perPage, (page + 1) * perPage), page + 1 < count ? String(page + 1) : ""),
  );
}
