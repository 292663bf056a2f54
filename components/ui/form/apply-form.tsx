"use client";

import { type ReactNode, useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";

export function ApplyForm(props: {
  label: string;
  onApply: (fields: FormData) => string | null;
  onCancel: () => void;
  hint: string;
  children: ReactNode;
}) {
  const { label, onApply, onCancel, hint, children } = props;
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <form
      aria-label={label}
      className="flex w-full flex-wrap items-center gap-x-3 gap-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        setWrong(onApply(new FormData(event.currentTarget)));
      }}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
    >
      {children}
      <button type="submit" className={buttonClass("primary")}>
        Show
      </button>
      <Button look="quiet" onClick={onCancel}>
        Cancel
      </Button>
      <span role="status" className={wrong === null ? "text-note text-faint" : "text-note text-stop"}>
        {wrong ?? hint}
      </span>
    </form>
  );
}
