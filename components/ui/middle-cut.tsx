/** Shorter names are cut nowhere. */
const longFrom = 20;
/** So much of the end stays: names that belong together often differ there alone. */
const endLength = 8;

/** A name that gives way in its middle where there is too little room. The caller makes it fit to be shown. */
export function MiddleCut({ text }: { text: string }) {
  const letters = [...text];
  if (letters.length < longFrom) return <span className="truncate">{text}</span>;
  return (
    <>
      <span className="sr-only">{text}</span>
      <span aria-hidden className="inline-flex min-w-0 max-w-full whitespace-pre">
        <span className="truncate">{letters.slice(0, -endLength).join("")}</span>
        <span className="shrink-0">{letters.slice(-endLength).join("")}</span>
      </span>
    </>
  );
}
