import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

const fieldClass =
  "figures h-7 min-w-0 rounded-md border border-line bg-surface px-2 text-work placeholder:text-faint hover:border-line-strong aria-invalid:border-stop";

export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return <input autoComplete="off" spellCheck={false} {...rest} className={clsx(fieldClass, className)} />;
}

export function Checkbox({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  return <input type="checkbox" {...rest} className={clsx("size-4 shrink-0 accent-accent", className)} />;
}

interface ChoiceProps {
  name: string;
  value: string;
  checked: boolean;
  onChoose: () => void;
  label: ReactNode;
  note: ReactNode;
  help?: ReactNode;
  whyNot?: string | null;
  children?: ReactNode;
}

export function Choice(props: ChoiceProps) {
  const { name, value, checked, onChoose, label, note, help = null, whyNot = null, children } = props;
  const id = `${name}-${value}`;
  return (
    <div className={clsx("border-b border-line px-4 py-2 last:border-b-0", checked && "bg-accent-soft/40")}>
      <div className="flex items-baseline gap-2.5">
        <input
          type="radio"
          id={id}
          name={name}
          value={value}
          checked={checked}
          aria-disabled={whyNot !== null}
          aria-describedby={`${id}-note`}
          onChange={() => whyNot === null && onChoose()}
          className="size-3.5 shrink-0 translate-y-0.5 accent-accent aria-disabled:opacity-40"
        />
        <label htmlFor={id} className={clsx("shrink-0 font-medium", whyNot !== null && "text-faint")}>
          {label}
        </label>
        <span className="min-w-0 text-pretty text-note text-muted">
          <span id={`${id}-note`}>{whyNot ?? note}</span> {help}
        </span>
      </div>
      {checked && children !== undefined && children !== null ? (
        <div className="mt-2 mb-1 flex flex-col gap-2 pl-6">{children}</div>
      ) : null}
    </div>
  );
}

export function ChoiceGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      {children}
    </fieldset>
  );
}
