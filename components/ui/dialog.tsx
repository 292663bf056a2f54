"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

/** The browser's modal dialog: traps focus, closes on Escape, and restores focus. */
export function Dialog(props: {
  label: string;
  onClose: () => void;
  children: ReactNode;
  className?: string;
}) {
  const { label, onClose, children, className } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null || element.open) return;
    element.showModal();
    element.querySelector<HTMLElement>("[data-first-focus]")?.focus();
    // One that is taken away while open would leave the focus nowhere.
    return () => element.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog without help.
    <dialog
      ref={dialog}
      aria-label={label}
      // It comes late: by then the dialog may have been opened again.
      onClose={(event) => {
        if (!event.currentTarget.open) onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      className={`m-auto mt-[12vh] w-[min(36rem,calc(100vw-24px))] rounded-xl border border-line-strong bg-surface p-0 text-ink backdrop:bg-black/40 ${className ?? ""}`}
    >
      {children}
    </dialog>
  );
}
