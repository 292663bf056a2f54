const idPattern = /^tidemark-([0-9a-f-]{36})-(.+)-([0-9a-f]{8})$/;

/**
 * The owner id under which a reset holds one partition: another for each, since one id on many partitions would
 * invite the others' balancing to steal.
 */
export function holdingOwnerId(resetId: string, partitionId: string, nonce: string): string {
  return `tidemark-${resetId}-${partitionId}-${nonce}`;
}

/** Which reset an owner id belongs to; null: it is a processor's. */
export function resetHolding(ownerId: string): { resetId: string; partitionId: string } | null {
  const [, resetId, partitionId] = idPattern.exec(ownerId) ?? [];
  return resetId === undefined || partitionId === undefined ? null : { resetId, partitionId };
}

/** A reset that holds a partition owns it for a while, and is no processor of the group. */
export function isProcessor(ownerId: string): boolean {
  return resetHolding(ownerId) === null;
}
