const longFrom = 20;
/** Kept at the end, since related names often differ only there. */
const endLength = 8;

/**
 * Shortens a name in the middle when space is short. The caller makes it safe to show.
 * @param from how many letters a name has at least to be cut in the middle
 */
export function MiddleCut({ text, from = longFrom }: { text: string; from?: number }) {
  const letters = [...text];
  if (letters.length < from) return <span className="truncate">{text}</span>;
  return (
    <>
      <span className="sr-only">{text}</span>
      <span aria-hidden className="inline-flex min-w-0 max-w-full overflow-hidden whitespace-pre">
        {/* Not `truncate`, which would drop a blank before the cut. */}
        <span className="overflow-hidden text-ellipsis">{letters.slice(0, -endLength).join("")}</span>
        <span className="shrink-0">{letters.slice(-endLength).join("")}</span>
      </span>
    </>
  );
}
