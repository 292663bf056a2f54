/** @param why a figure is not known, as a tooltip */
export function Quiet({ known, text, why = null }: { known: boolean; text: string; why?: string | null }) {
  const tip = known || why === null ? {} : { "data-tip": why };
  return (
    <span className={known ? "text-ink" : "text-faint"} {...tip}>
      {text}
    </span>
  );
}
