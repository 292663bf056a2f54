"use client";

import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";

interface Option {
  value: string;
  label: ReactNode;
  whyFixed?: string;
}

export interface Checks {
  options: readonly Option[];
  checked: readonly string[];
  onChange: (checked: string[]) => void;
  reset?: { label: string; onSelect: () => void };
}

export interface Radios {
  groups: readonly {
    label: string;
    options: readonly Option[];
    value: string;
    onChange: (value: string) => void;
  }[];
}

export interface Actions {
  head?: ReactNode;
  actions: readonly { label: string; onSelect: () => void; keepsOpen?: boolean }[];
}

export interface Links {
  links: readonly { id: string; label: string; href: string }[];
}

export type Items = Checks | Radios | Actions | Links;

export function MenuItems({ items }: { items: Items }) {
  if ("options" in items) return <CheckItems {...items} />;
  if ("groups" in items) return <RadioItems {...items} />;
  if ("actions" in items) return <ActionItems {...items} />;
  return <LinkItems {...items} />;
}

const itemClass =
  "relative flex h-8 select-none items-center rounded-md pr-3 outline-none data-[highlighted]:bg-raised data-[disabled]:text-faint";

function Tick() {
  return (
    <DropdownMenu.ItemIndicator className="absolute left-2.5">
      <Icon name="check" className="size-3.5" />
    </DropdownMenu.ItemIndicator>
  );
}

function CheckItems({ options, checked, onChange, reset }: Checks) {
  return (
    <>
      {options.map(({ value, label, whyFixed }) => (
        <DropdownMenu.CheckboxItem
          key={value}
          checked={checked.includes(value)}
          disabled={whyFixed !== undefined}
          onSelect={(event) => event.preventDefault()}
          onCheckedChange={(on) => onChange(on ? [...checked, value] : checked.filter((c) => c !== value))}
          className={`${itemClass} pl-8`}
        >
          <Tick />
          <span className="min-w-0 truncate">{label}</span>
          {whyFixed === undefined ? null : <span className="ml-auto pl-3 text-note">{whyFixed}</span>}
        </DropdownMenu.CheckboxItem>
      ))}
      {reset === undefined ? null : (
        <>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item onSelect={reset.onSelect} className={`${itemClass} pl-8`}>
            {reset.label}
          </DropdownMenu.Item>
        </>
      )}
    </>
  );
}

function RadioItems({ groups }: Radios) {
  return groups.map(({ label: name, options, value: chosen, onChange }) => (
    <DropdownMenu.RadioGroup key={name} aria-label={name} value={chosen} onValueChange={onChange}>
      <DropdownMenu.Label className="px-3 pt-2 pb-1 text-note text-muted">{name}</DropdownMenu.Label>
      {options.map(({ value, label }) => (
        <DropdownMenu.RadioItem key={value} value={value} className={`${itemClass} pl-8`}>
          <Tick />
          {label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  ));
}

function ActionItems({ head, actions }: Actions) {
  return (
    <>
      {head === undefined ? null : <DropdownMenu.Label className="px-3 py-2">{head}</DropdownMenu.Label>}
      {head === undefined || actions.length === 0 ? null : (
        <DropdownMenu.Separator className="my-1 h-px bg-line" />
      )}
      {actions.map(({ label, onSelect, keepsOpen = false }) => (
        <DropdownMenu.Item
          key={label}
          onSelect={(event) => {
            if (keepsOpen) event.preventDefault();
            onSelect();
          }}
          className={`${itemClass} pl-3`}
        >
          {label}
        </DropdownMenu.Item>
      ))}
    </>
  );
}

function LinkItems({ links }: Links) {
  return links.map(({ id, label, href }) => (
    <DropdownMenu.Item key={id} asChild className={`${itemClass} pl-3`}>
      <Link href={href}>
        <span className="foreign min-w-0 truncate">{label}</span>
      </Link>
    </DropdownMenu.Item>
  ));
}
