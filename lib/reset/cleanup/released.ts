/** Metadata of a repaired ownership. Without this key, nobody could claim the partition. */
export const releasedMetadata: Record<string, string> = { ownerid: "" };
