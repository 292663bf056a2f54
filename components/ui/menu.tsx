"use client";

import { Check, ChevronDown } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { buttonClass } from "./button.tsx";

export interface Option {
  value: string;
  label: ReactNode;
  whyFixed?: string;
}

interface Frame {
  label: string;
  children: ReactNode;
  trigger: ReactNode;
  triggerProps?: ComponentProps<"button"> & { "data-tip"?: string };
}

/** A menu may cover its table, not the page's header. */
const headerHeight = 52;

// Not modal: a modal menu's scroll lock would insert a style block and shift the page.
function MenuFrame({ label, trigger, triggerProps, children }: Frame) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className={buttonClass("outline", "data-[state=open]:bg-raised")}
          {...triggerProps}
        >
          {trigger}
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={globalThis.document?.getElementById("main") ?? null}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={{ top: headerHeight, right: 8, bottom: 8, left: 8 }}
          aria-label={label}
          className="z-30 max-h-[min(30rem,var(--radix-dropdown-menu-content-available-height))] min-w-44 max-w-[min(22rem,calc(100vw-16px))] scroll-shadow overflow-y-auto rounded-lg border border-line-strong p-1"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const itemClass =
  "relative flex h-8 select-none items-center rounded-md pr-3 outline-none data-[highlighted]:bg-raised data-[disabled]:text-faint";

function Tick() {
  return (
    <DropdownMenu.ItemIndicator className="absolute left-2.5">
      <Check aria-hidden className="size-3.5" />
    </DropdownMenu.ItemIndicator>
  );
}

export function CheckMenu(props: {
  label: string;
  text: ReactNode;
  options: readonly Option[];
  checked: readonly string[];
  onChange: (checked: string[]) => void;
  reset?: { label: string; onSelect: () => void };
}) {
  const { label, text, options, checked, onChange, reset } = props;
  return (
    <MenuFrame
      label={label}
      trigger={
        <>
          {text}
          <ChevronDown aria-hidden className="size-3.5 text-faint" />
        </>
      }
    >
      {options.map(({ value, label: name, whyFixed }) => (
        <DropdownMenu.CheckboxItem
          key={value}
          checked={checked.includes(value)}
          disabled={whyFixed !== undefined}
          onSelect={(event) => event.preventDefault()}
          onCheckedChange={(on) => onChange(on ? [...checked, value] : checked.filter((c) => c !== value))}
          className={`${itemClass} pl-8`}
        >
          <Tick />
          <span className="min-w-0 truncate">{name}</span>
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
    </MenuFrame>
  );
}

interface RadioGroup {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
}

export function RadioMenu(props: { label: string; trigger: ReactNode; groups: readonly RadioGroup[] }) {
  return (
    <MenuFrame label={props.label} trigger={props.trigger}>
      {props.groups.map(({ label: name, options, value: chosen, onChange }) => (
        <DropdownMenu.RadioGroup key={name} aria-label={name} value={chosen} onValueChange={onChange}>
          <DropdownMenu.Label className="px-3 pt-2 pb-1 text-note text-muted">{name}</DropdownMenu.Label>
          {options.map(({ value, label }) => (
            <DropdownMenu.RadioItem key={value} value={value} className={`${itemClass} pl-8`}>
              <Tick />
              {label}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      ))}
    </MenuFrame>
  );
}

interface Action {
  label: string;
  onSelect: () => void;
  keepsOpen?: boolean;
}

export function ActionMenu(props: {
  label: string;
  trigger: ReactNode;
  head?: ReactNode;
  actions: readonly Action[];
}) {
  const { label: name, trigger, head, actions } = props;
  return (
    <MenuFrame label={name} trigger={trigger}>
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
    </MenuFrame>
  );
}

export function LinkMenu(props: {
  label: string;
  trigger: ReactNode;
  triggerProps: NonNullable<Frame["triggerProps"]>;
  links: readonly { id: string; label: string; href: string }[];
}) {
  const { links, ...frame } = props;
  return (
    <MenuFrame {...frame}>
      {links.map(({ id, label, href }) => (
        <DropdownMenu.Item key={id} asChild className={`${itemClass} pl-3`}>
          <Link href={href} prefetch={false}>
            <span className="foreign min-w-0 truncate">{label}</span>
          </Link>
        </DropdownMenu.Item>
      ))}
    </MenuFrame>
  );
}
