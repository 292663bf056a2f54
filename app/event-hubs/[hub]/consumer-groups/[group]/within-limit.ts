/** A page waits this long for what the database tells; after that the browser asks itself. */
const withinMs = 400;

/** Null: it failed, or took too long. */
export async function withinLimit<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), withinMs);
  });
  try {
    return await Promise.race([answer.catch(() => null), limit]);
  } finally {
    clearTimeout(timer);
  }
}
