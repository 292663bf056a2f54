import { clsx } from "clsx";
import { type ComponentProps, useId } from "react";

type Look = "outline" | "quiet" | "primary" | "danger";

const looks: Record<Look, string> = {
  outline: "border border-line bg-surface text-ink hover:border-line-strong hover:bg-raised",
  quiet: "border border-transparent text-muted hover:bg-raised hover:text-ink",
  primary: "border border-transparent bg-accent text-[var(--on-accent)] hover:opacity-90",
  danger: "border border-transparent bg-stop text-[var(--on-accent)] hover:opacity-90",
};

export function buttonClass(look: Look = "outline", className?: string): string {
  return clsx(
    "inline-flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-md px-2.5 text-work transition-colors",
    looks[look],
    "aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
    className,
  );
}

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
  look?: Look;
  /** The reason for being disabled. The button stays focusable, so that the keyboard reaches the reason. */
  whyDisabled?: string | null;
}

export function Button({ look, whyDisabled = null, className, onClick, ...rest }: ButtonProps) {
  const whyId = useId();
  const shared = { type: "button" as const, ...rest, className: buttonClass(look, className) };
  if (whyDisabled === null) return <button {...shared} onClick={onClick} />;
  return (
    <>
      <button {...shared} aria-disabled data-tip={whyDisabled} aria-describedby={whyId} />
      <span id={whyId} hidden>
        {whyDisabled}
      </span>
    </>
  );
}

export function Key({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded border border-line px-1 font-sans text-[11px] text-faint">
      {children}
    </kbd>
  );
}
