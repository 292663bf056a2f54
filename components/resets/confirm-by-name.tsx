"use client";

import { type ReactNode, useId } from "react";
import { TextInput } from "#components/ui/form/field.tsx";

interface Props {
  name: string;
  typed: string;
  onType: (text: string) => void;
  /** Null: it can't be confirmed yet. */
  onConfirm: (() => void) | null;
  children: ReactNode;
}

export function ConfirmByName({ name, typed, onType, onConfirm, children }: Props) {
  const field = useId();
  return (
    <form
      aria-label="Confirm"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        onConfirm?.();
      }}
    >
      <label htmlFor={field} className="min-w-0">
        Type <strong className="foreign select-all break-words font-mono font-semibold">{name}</strong> to
        confirm
      </label>
      <TextInput
        id={field}
        value={typed}
        maxLength={256}
        autoCapitalize="off"
        onChange={(event) => onType(event.target.value)}
        className="w-60 max-w-full font-mono"
      />
      <span className="flex flex-wrap gap-2 sm:ml-auto">{children}</span>
    </form>
  );
}
