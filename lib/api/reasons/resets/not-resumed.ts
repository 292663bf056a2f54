interface Told {
  code: string;
  params: Record<string, unknown>;
}

/**
 * True where a live reset wrote the checkpoint and gave the partition back, and nobody was seen to go on from it
 * although events wait: the processor that owns it, or that owned it before, has yet to checkpoint.
 */
export function isNotResumed({ result, reason }: { result: string; reason: Told | null }): boolean {
  return result === "written" && reason !== null && [reason, ...alsoOf(reason)].some(isOpen);
}

function isOpen({ code, params }: Told): boolean {
  if (code === "startsFromTarget") return true;
  return code === "nobodyClaimed" && params.heldOff !== null && params.hasUnread !== false;
}

function alsoOf({ params: { also } }: Told): readonly Told[] {
  return Array.isArray(also) ? also : [];
}
