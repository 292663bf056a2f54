export function Quiet({ known, text }: { known: boolean; text: string }) {
  return <span className={known ? "text-ink" : "text-faint"}>{text}</span>;
}
