/**
 * Says which processors fail on blobs that lack required parts, as seen with JavaScript's
 * (lib/checkpoint-store/README.md#what-stops-whom). The text ends a sentence that begins with these blobs.
 */
export function stopEverybody(blobs: number): string {
  return `${blobs === 1 ? "stops" : "stop"} the group's JavaScript processors on all partitions, and may stop those of other SDKs`;
}
