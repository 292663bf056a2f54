export interface Places {
  /** Of the notice: above the page's content, in the dock, or not there. */
  place: "top" | "dock" | null;
  /** The lines that stand above the content. Others wait in the dock. */
  top: readonly string[];
}

interface Look {
  here: readonly string[];
  /** Nobody looks at the page, so nothing that moves disturbs. */
  isHidden: boolean;
  /** What stands above the content keeps its place when it ends. */
  isKept: boolean;
}

/** Everything stands above the content. */
export function allOnTop(here: readonly string[]): Places {
  return here.length === 0 ? { place: null, top: [] } : { place: "top", top: here };
}

/**
 * Where the lines of a notice stand next. A line that joins later waits in the dock, as a later notice does: the
 * notice would grow and push the page away. Once none of those on top is left, as many take their room.
 */
export function nextPlaces(before: Places, { here, isHidden, isKept }: Look): Places {
  if (here.length === 0) {
    return before.place === "top" && isKept && !isHidden ? before : { place: null, top: [] };
  }
  if (isHidden) return allOnTop(here);
  if (before.place !== "top") return { place: "dock", top: [] };
  if (here.some((key) => before.top.includes(key))) return before;
  return { place: "top", top: here.slice(0, before.top.length) };
}

export function areSamePlaces(a: Places, b: Places): boolean {
  return a.place === b.place && a.top.join("\n") === b.top.join("\n");
}
