"use client";

import { DropdownMenu } from "radix-ui";
import { type Ref, type RefObject, useImperativeHandle, useRef } from "react";
import { type Items, MenuItems } from "./menu-items.tsx";

export interface MenuContentProps {
  label: string;
  items: Items;
  button: RefObject<HTMLButtonElement | null>;
  buttonId: string;
  contentId: string;
  isOpen: boolean;
  isByKey: boolean;
  /** Pressed before it was loaded. */
  earlyKeys: RefObject<string[]>;
  onOpenChange: (isOpen: boolean) => void;
  /** Before it could be shown. */
  onGiveUp: () => void;
}

/** A menu may cover its table, not the page's header. */
const headerHeight = 52;

const firstItem = "[role^=menuitem]:not([data-disabled])";

// Not modal: a modal menu's scroll lock would insert a style block and shift the page.
export function MenuContent(props: MenuContentProps) {
  const { label, items, button, buttonId, contentId, isOpen, isByKey, earlyKeys, onOpenChange } = props;
  const isEntered = useRef(false);
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>
        <Standing button={button} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById("main")}>
        <DropdownMenu.Content
          id={contentId}
          align="end"
          sideOffset={4}
          collisionPadding={{ top: headerHeight, right: 8, bottom: 8, left: 8 }}
          aria-label={label}
          aria-labelledby={buttonId}
          onFocus={({ target, currentTarget }) => {
            if (target !== currentTarget || isEntered.current) return;
            isEntered.current = true;
            // The library does so after keys that it has seen, which the one that loaded it is not.
            if (isByKey) currentTarget.querySelector<HTMLElement>(firstItem)?.focus();
            void press(earlyKeys.current.splice(0));
          }}
          onCloseAutoFocus={() => {
            isEntered.current = false;
          }}
          className="z-30 max-h-[min(30rem,var(--radix-dropdown-menu-content-available-height))] min-w-44 max-w-[min(22rem,calc(100vw-16px))] scroll-shadow overflow-y-auto rounded-lg border border-line-strong p-1"
        >
          <MenuItems items={items} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

async function press(keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    // The library moves the focus in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    document.activeElement?.dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
    );
  }
}

/** In the place of the library's own button: the page's, which was there before. */
function Standing({ button, ref }: { button: MenuContentProps["button"]; ref?: Ref<HTMLButtonElement> }) {
  useImperativeHandle(ref, () => button.current as HTMLButtonElement, [button]);
  return null;
}
