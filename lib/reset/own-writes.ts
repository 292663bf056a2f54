/** Whether a reset wrote a checkpoint, and no reader: it says so as its writer (facts section 6). */
export function isOwnWrite(writtenBy: string | null): boolean {
  return writtenBy?.startsWith("tidemark/") ?? false;
}
