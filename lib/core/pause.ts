/** Waits; ends early, without throwing, when `stop` aborts. */
export function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const onAbort = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(
      () => {
        stop.removeEventListener("abort", onAbort);
        resolve();
      },
      Math.max(0, ms),
    );
    // A signal that aborted before fires no event.
    if (stop.aborted) onAbort();
    else stop.addEventListener("abort", onAbort, { once: true });
  });
}
