let isTaken = false;

/** Call it when the reader goes to another step. The next heading then takes the focus. */
export function stepTaken(): void {
  isTaken = true;
}

/** A heading's `ref`: takes the focus once after a step, but not when a page is opened by its address. */
export function focusAfterStep(heading: HTMLElement | null): void {
  if (heading === null || !isTaken) return;
  isTaken = false;
  heading.focus({ preventScroll: true });
}
