const longestSliceMs = 5;

/**
 * For work that would take longer than what others may wait: called between its parts, lets everything else run
 * once 5 ms are used.
 */
export function turns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < longestSliceMs) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    began = performance.now();
  };
}
