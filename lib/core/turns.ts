const longestSliceMs = 5;

/** Splits long work: call the returned function between parts, and it lets others run after every 5 ms. */
export function turns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < longestSliceMs) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    began = performance.now();
  };
}
