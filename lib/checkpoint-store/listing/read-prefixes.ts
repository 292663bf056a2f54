import type { ContainerClient } from "@azure/storage-blob";
import type { BlobContent, BlobFormat, BlobPlace, StoreScope } from "#lib/checkpoint-store/formats/format.ts";
import type { LeaseBodies } from "#lib/checkpoint-store/leases/lease-bodies.ts";
import { turns } from "#lib/core/turns.ts";
import { listBlobs } from "./list-blobs.ts";
import type { ListedBlob } from "./listed-blob.ts";

const mostBlobs = 500_000;
const partSize = 200;

interface Placed {
  place: BlobPlace;
  format: BlobFormat;
  /** Its content, when the metadata hold everything. */
  contents: BlobContent[] | null;
}

export class KnownBlobs {
  readonly placed = new WeakMap<ListedBlob, Placed | null>();
  byName: ReadonlyMap<string, ListedBlob> = new Map();
}

export interface PrefixReading {
  readAt: number;
  heardAt: number;
  contents: BlobContent[];
  strayBlobs: number;
  listings: number;
  bodyReads: number;
}

export async function readPrefixes(
  container: ContainerClient,
  store: { prefixes: readonly string[]; base: string; formats: readonly BlobFormat[]; scope: StoreScope },
  bodies: LeaseBodies,
  known: KnownBlobs,
  options: { abortSignal: AbortSignal; pageSize: number | undefined },
): Promise<PrefixReading> {
  const listed = await Promise.all(
    store.prefixes.map((prefix) =>
      listBlobs(container, prefix, { ...options, mostBlobs, known: known.byName }),
    ),
  );
  const turn = turns();
  const byName = new Map<string, ListedBlob>();
  const found: { blob: ListedBlob; placed: Placed }[] = [];
  for (const { blobs } of listed) {
    for (const blob of blobs) {
      if (byName.set(blob.name, blob).size % partSize === 0) await turn();
      const before = known.placed.get(blob);
      const placed = before === undefined ? place(blob, store) : before;
      if (before === undefined) known.placed.set(blob, placed);
      if (placed !== null) found.push({ blob, placed });
    }
  }
  known.byName = byName;
  const wanted = found.flatMap(({ blob, placed: { format } }) =>
    format.parse === undefined ? [] : [{ blob, parse: format.parse }],
  );
  const { parsed, reads } = await bodies.read(container, wanted, options.abortSignal);
  const bodyOf = new Map(parsed.map((one) => [one.blob.name, one]));
  const contents: BlobContent[] = [];
  for (const { blob, placed } of found) {
    if (placed.contents !== null) contents.push(...placed.contents);
    else {
      const one = bodyOf.get(blob.name);
      if (one !== undefined) contents.push(...placed.format.read(one.blob, placed.place, one.body));
    }
  }
  const strayBlobs = byName.size - found.filter(({ placed: { place: at } }) => !at.isMisnamed).length;
  const earliest = listed.reduce(
    (one, other) => (other.readAt < one.readAt ? other : one),
    listed[0] ?? unlisted(),
  );
  return {
    readAt: earliest.readAt,
    heardAt: earliest.heardAt,
    contents,
    strayBlobs,
    listings: listed.reduce((sum, { listings }) => sum + listings, 0),
    bodyReads: reads,
  };
}

function place(
  blob: ListedBlob,
  { base, formats, scope }: { base: string; formats: readonly BlobFormat[]; scope: StoreScope },
): Placed | null {
  const name = blob.name.slice(base.length);
  for (const format of formats) {
    const place = format.place(name, scope);
    if (place === null) continue;
    const contents = format.parse === undefined ? format.read(blob, place, null) : null;
    return { place, format, contents };
  }
  return null;
}

function unlisted(): { readAt: number; heardAt: number } {
  const now = Date.now();
  return { readAt: now, heardAt: now };
}
