let isTaken = false;

/** A person goes on to another step of a reset: its heading is to have the keyboard's focus. */
export function stepTaken(): void {
  isTaken = true;
}

/** For the heading's `ref`: takes the focus once after a step, and never from who opens the page by its address. */
export function focusAfterStep(heading: HTMLElement | null): void {
  if (heading === null || !isTaken) return;
  isTaken = false;
  heading.focus({ preventScroll: true });
}
