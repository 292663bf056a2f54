const signature = "tidemark/";

/** The dashboard's signature on a checkpoint that a reset writes. */
export function ownIdentifier(resetId: string, partitionId: string): string {
  return `${signature}${resetId}/${partitionId}`;
}

export function isOwnWrite(writtenBy: string | null): boolean {
  return writtenBy?.startsWith(signature) ?? false;
}
