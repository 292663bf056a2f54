"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface Tab {
  value: string;
  label: string;
  count?: string;
  content: ReactNode;
}

export function Tabs(props: {
  label: string;
  tabs: readonly Tab[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Radix.Root value={props.value} onValueChange={props.onChange}>
      <Radix.List aria-label={props.label} className="mb-4 flex gap-5 border-b border-line">
        {props.tabs.map(({ value, label, count }) => (
          <Radix.Trigger
            key={value}
            value={value}
            className="-mb-px h-9 border-b-2 border-transparent px-0.5 text-muted hover:text-ink data-[state=active]:border-ink data-[state=active]:font-semibold data-[state=active]:text-ink"
          >
            {label}
            {count === undefined ? null : (
              <span className="figures ml-1.5 font-normal text-faint">{count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {props.tabs.map(({ value, content }) => (
        <Radix.Content key={value} value={value}>
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
