const signature = "tidemark/";

/** How the dashboard signs a checkpoint that a reset writes, so that it is known again as its own. */
export function ownIdentifier(resetId: string, partitionId: string): string {
  return `${signature}${resetId}/${partitionId}`;
}

/** Whether a reset of a dashboard wrote a checkpoint, and no reader. */
export function isOwnWrite(writtenBy: string | null): boolean {
  return writtenBy?.startsWith(signature) ?? false;
}
