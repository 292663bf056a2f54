import type { ContainerClient } from "@azure/storage-blob";
import type { BlobContent, BlobFormat, BlobPlace, StoreScope } from "#lib/checkpoint-store/formats/format.ts";
import type { LeaseBodies } from "#lib/checkpoint-store/leases/lease-bodies.ts";
import { type ListedBlob, listBlobs } from "./list-blobs.ts";

/** Past it a prefix is too wide to be listed at each refresh. */
const mostBlobs = 500_000;

interface Placed {
  blob: ListedBlob;
  place: BlobPlace;
  format: BlobFormat;
}

export interface PrefixReading {
  readAt: number;
  heardAt: number;
  contents: BlobContent[];
  strayBlobs: number;
  listings: number;
  bodyReads: number;
}

/** Lists every prefix once, and reads what its blobs say: of the JSON layouts the bodies that are new. */
export async function readPrefixes(
  container: ContainerClient,
  store: { prefixes: readonly string[]; base: string; formats: readonly BlobFormat[]; scope: StoreScope },
  bodies: LeaseBodies,
  options: { abortSignal: AbortSignal; pageSize: number | undefined },
): Promise<PrefixReading> {
  const { base, formats, scope } = store;
  const listed = await Promise.all(
    store.prefixes.map((prefix) => listBlobs(container, prefix, { ...options, mostBlobs })),
  );
  const blobs = listed.flatMap((listing) => listing.blobs);
  const placed = blobs.flatMap((blob): Placed[] => {
    const name = blob.name.slice(base.length);
    for (const format of formats) {
      const place = format.place(name, scope);
      if (place !== null) return [{ blob, place, format }];
    }
    return [];
  });
  const wanted = placed.flatMap(({ blob, format }) =>
    format.parse === undefined ? [] : [{ blob, parse: format.parse }],
  );
  const { parsed, reads } = await bodies.read(container, wanted, options.abortSignal);
  const byName = new Map(parsed.map((one) => [one.blob.name, one]));
  const contents = placed.flatMap(({ blob, place, format }) => {
    if (format.parse === undefined) return format.read(blob, place, null);
    const one = byName.get(blob.name);
    return one === undefined ? [] : format.read(one.blob, place, one.body);
  });
  const earliest = listed.reduce(
    (one, other) => (other.readAt < one.readAt ? other : one),
    listed[0] ?? unlisted(),
  );
  return {
    readAt: earliest.readAt,
    heardAt: earliest.heardAt,
    contents,
    strayBlobs: blobs.length - placed.filter(({ place }) => !place.isMisnamed).length,
    listings: listed.reduce((sum, { listings }) => sum + listings, 0),
    bodyReads: reads,
  };
}

/** Where there is no prefix to list, nothing was asked. */
function unlisted(): { readAt: number; heardAt: number } {
  const now = Date.now();
  return { readAt: now, heardAt: now };
}
