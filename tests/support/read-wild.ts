import { collectGroups } from "#lib/checkpoint-store/collect-groups.ts";
import type { BlobContent, StoreScope } from "#lib/checkpoint-store/formats/format.ts";
import { formatsFor } from "#lib/checkpoint-store/formats/formats.ts";
import { type CheckpointFormat, checkpointFormats, type StoredGroup } from "#lib/core/stored-blobs.ts";
import { noon } from "./sources.ts";
import type { WildBlob } from "./wild-blobs.ts";

/** What the readers make of some blobs, as of `noon`, without a store. */
export function readWild(
  blobs: readonly (WildBlob & { updatedAt?: number })[],
  scope: StoreScope,
  wanted: readonly CheckpointFormat[] = checkpointFormats,
): { contents: BlobContent[]; groups: Map<string, StoredGroup> } {
  const formats = formatsFor(wanted);
  const contents = blobs.flatMap(({ name, body, metadata, leased, updatedAt = noon }) => {
    const keys = Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value] as const);
    const listed = { name, metadata: new Map(keys), etag: "0x1", updatedAt, size: body.length, leased };
    for (const format of formats) {
      const place = format.place(name, scope);
      if (place !== null) return format.read(listed, place, format.parse?.(body) ?? null);
    }
    return [];
  });
  return { contents, groups: collectGroups(contents, noon) };
}
