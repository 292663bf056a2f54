/**
 * Whom blobs stop that lack what they have to hold: seen with JavaScript's processors
 * (lib/checkpoint-store/README.md#what-stops-whom). Ends a sentence that these blobs began.
 */
export function stopEverybody(blobs: number): string {
  return `${blobs === 1 ? "stops" : "stop"} the group's JavaScript processors on all partitions, and may stop those of other SDKs`;
}
