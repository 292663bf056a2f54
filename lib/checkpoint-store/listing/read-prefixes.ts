import type { ContainerClient } from "@azure/storage-blob";
import type {
  BlobAddress,
  BlobContent,
  BlobFormat,
  StoreScope,
} from "#lib/checkpoint-store/formats/format.ts";
import type { LeaseBodies } from "#lib/checkpoint-store/leases/lease-bodies.ts";
import { turns } from "#lib/core/pause.ts";
import { listBlobs } from "./list-blobs.ts";
import type { ListedBlob } from "./listed-blob.ts";

const mostBlobs = 500_000;
const partSize = 200;
const noMetadata: ReadonlyMap<string, string> = new Map();

interface Recognized {
  address: BlobAddress;
  format: BlobFormat;
  /** Null: the body must be read. */
  contents: BlobContent[] | null;
}

export class KnownBlobs {
  readonly recognized = new WeakMap<ListedBlob, Recognized | null>();
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
  const [only, ...others] = listed;
  const byName =
    only !== undefined && others.length === 0
      ? only.byName
      : new Map(listed.flatMap(({ byName: ofPrefix }) => [...ofPrefix]));
  const found: { blob: ListedBlob; recognized: Recognized }[] = [];
  let seen = 0;
  for (const blob of byName.values()) {
    seen += 1;
    if (seen % partSize === 0) await turn();
    const before = known.recognized.get(blob);
    const recognized = before === undefined ? recognize(blob, store) : before;
    if (before === undefined) {
      known.recognized.set(blob, recognized);
      // Kept as long as the blob stays the same, and not read again.
      if (recognized === null || recognized.contents !== null) blob.metadata = noMetadata;
    }
    if (recognized !== null) found.push({ blob, recognized });
  }
  known.byName = byName;
  const wanted = found.flatMap(({ blob, recognized: { format } }) =>
    format.parse === undefined ? [] : [{ blob, parse: format.parse }],
  );
  const { parsed, reads } = await bodies.read(container, wanted, options.abortSignal);
  const bodyOf = new Map(parsed.map((one) => [one.blob.name, one]));
  const contents: BlobContent[] = [];
  for (const { blob, recognized } of found) {
    if (recognized.contents !== null) contents.push(...recognized.contents);
    else {
      const one = bodyOf.get(blob.name);
      if (one !== undefined) contents.push(...recognized.format.read(one.blob, recognized.address, one.body));
    }
  }
  const strayBlobs = byName.size - found.filter(({ recognized: { address: at } }) => !at.isMisnamed).length;
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

function recognize(
  blob: ListedBlob,
  { base, formats, scope }: { base: string; formats: readonly BlobFormat[]; scope: StoreScope },
): Recognized | null {
  const name = blob.name.slice(base.length);
  for (const format of formats) {
    const address = format.address(name, scope);
    if (address === null) continue;
    const contents = format.parse === undefined ? format.read(blob, address, null) : null;
    return { address, format, contents };
  }
  return null;
}

function unlisted(): { readAt: number; heardAt: number } {
  const now = Date.now();
  return { readAt: now, heardAt: now };
}
