/** What a repaired ownership holds. The key is never left out: without it nobody could claim the partition. */
export const releasedMetadata: Record<string, string> = { ownerid: "" };
