const idPattern = /^tidemark-([0-9a-f-]{36})-(.+)-([0-9a-f]{8})$/;

/**
 * The owner id under which a reset holds one partition. Each partition gets its own: with one id on many, the
 * load balancers of others would steal them.
 */
export function holdingOwnerId(resetId: string, partitionId: string, nonce: string): string {
  return `tidemark-${resetId}-${partitionId}-${nonce}`;
}

export function resetHolding(ownerId: string): { resetId: string; partitionId: string } | null {
  const [, resetId, partitionId] = idPattern.exec(ownerId) ?? [];
  return resetId === undefined || partitionId === undefined ? null : { resetId, partitionId };
}

export function isProcessor(ownerId: string): boolean {
  return resetHolding(ownerId) === null;
}

/** The one rule for whoever shows or counts owners: what a reset holds is nobody's. */
export function processorOwner<Owner extends { ownerId: string }>(owner: Owner | null): Owner | null {
  return owner !== null && owner.ownerId !== "" && isProcessor(owner.ownerId) ? owner : null;
}

/** An owner id, or what holds a partition instead of a processor. */
export function ownerText(ownerId: string): string {
  return isProcessor(ownerId) ? ownerId : "a reset";
}
