/** Overlays the page without moving it: a new order waits until the reader leaves the rows. */
export function HeldNote({ isHeld }: { isHeld: boolean }) {
  return (
    <p
      role="status"
      className={
        isHeld
          ? "pointer-events-none fixed bottom-4 left-1/2 z-30 -translate-x-1/2 rounded-md border border-line-strong bg-surface px-3 py-1.5 text-note text-muted shadow-lg"
          : "sr-only"
      }
    >
      {isHeld ? "The order is paused while you are on the rows." : null}
    </p>
  );
}
