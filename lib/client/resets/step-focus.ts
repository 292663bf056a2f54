let isTaken = false;

export function stepTaken(): void {
  isTaken = true;
}

/** The next heading takes the focus once after `stepTaken`, but not when a page is opened by its address. */
export function focusAfterStep(heading: HTMLElement | null): void {
  if (heading === null || !isTaken) return;
  isTaken = false;
  heading.focus({ preventScroll: true });
}
