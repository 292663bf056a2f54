"use client";

import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { Key } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";

/** The page's filter. `/` focuses it from anywhere; Escape empties it, then leaves. */
export function SearchInput(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  const input = useRef<HTMLInputElement>(null);
  const early = useRef("");
  const takeUp = useEffectEvent(() => {
    if (early.current !== value) onChange(early.current);
  });
  // What was typed before the page's script ran. React keeps it only until the field is next shown, and tells nobody.
  useLayoutEffect(() => {
    early.current = input.current?.value ?? "";
  }, []);
  useEffect(() => takeUp(), []);
  return (
    <label className="relative block w-full sm:w-60">
      <span className="sr-only">{label}</span>
      <Icon name="search" className="pointer-events-none absolute top-[7px] left-2.5 size-3.5 text-faint" />
      <input
        ref={input}
        type="search"
        data-search
        value={value}
        maxLength={256}
        autoComplete="off"
        spellCheck={false}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (value === "") event.currentTarget.blur();
          else onChange("");
        }}
        className="peer h-7 w-full rounded-md border border-line bg-surface pr-8 pl-8 text-work placeholder:text-faint hover:border-line-strong [&::-webkit-search-cancel-button]:hidden"
      />
      <span
        aria-hidden
        className="pointer-events-none absolute top-[5px] right-1.5 flex peer-focus:hidden max-sm:hidden"
      >
        <Key>/</Key>
      </span>
    </label>
  );
}
