"use client";

import {
  type ComponentProps,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
} from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Closing } from "#lib/client/browser/closing.ts";
import { lateComponent } from "#lib/client/browser/late-component.ts";
import type { MenuContentProps } from "./menu-content.tsx";
import type { Actions, Checks, Items, Links, Radios } from "./menu-items.tsx";

interface Frame {
  label: string;
  items: Items;
  trigger: ReactNode;
  triggerProps?: ComponentProps<"button"> & { "data-tip"?: string };
}

const Content = lateComponent<MenuContentProps>(
  () => import("./menu-content.tsx").then((m) => m.MenuContent),
  (props) => (props.isOpen ? <Waiting {...props} /> : null),
  (_error, _tryAgain, { onGiveUp }) => <Closing onClose={onGiveUp} />,
);

/** `away`: it needs no library, which is larger than all the buttons. */
interface State {
  phase: "away" | "open" | "closed";
  isByKey: boolean;
}

const away: State = { phase: "away", isByKey: false };

function MenuFrame({ label, items, trigger, triggerProps }: Frame) {
  const [{ phase, isByKey }, setState] = useState(away);
  const button = useRef<HTMLButtonElement>(null);
  const earlyKeys = useRef<string[]>([]);
  const buttonId = useId();
  const contentId = useId();
  const isOpen = phase === "open";
  const toggle = (byKey: boolean) => {
    earlyKeys.current = [];
    setState((before) => ({ phase: before.phase === "open" ? "closed" : "open", isByKey: byKey }));
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        id={buttonId}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? contentId : undefined}
        data-state={isOpen ? "open" : "closed"}
        className={buttonClass("outline", "data-[state=open]:bg-raised")}
        {...triggerProps}
        onPointerEnter={Content.preload}
        onFocus={Content.preload}
        onPointerDown={(event) => {
          if (event.button !== 0 || event.ctrlKey) return;
          toggle(false);
          // The menu takes the focus.
          if (!isOpen) event.preventDefault();
        }}
        onKeyDown={(event) => {
          if (!/^(Enter| |ArrowDown)$/.test(event.key)) return;
          event.preventDefault();
          if (event.key !== "ArrowDown") toggle(true);
          else if (!isOpen) toggle(true);
        }}
      >
        {trigger}
      </button>
      {phase === "away" ? null : (
        <Content
          {...{ label, items, button, buttonId, contentId, isOpen, isByKey, earlyKeys }}
          onOpenChange={(open) => setState((before) => ({ ...before, phase: open ? "open" : "closed" }))}
          onGiveUp={() => setState(away)}
        />
      )}
    </>
  );
}

/** Keys are for the menu from the press on, and whoever goes on elsewhere keeps the focus there. */
function Waiting({ button, earlyKeys, onGiveUp }: MenuContentProps) {
  const onEvent = useEffectEvent((event: Event) => {
    const isAtButton = button.current?.contains(event.target as Node) ?? false;
    if (!(event instanceof KeyboardEvent)) {
      if (!isAtButton) onGiveUp();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!isAtButton || /^(Escape|Tab)$/.test(event.key)) {
      onGiveUp();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) earlyKeys.current.push(event.key);
  });
  useEffect(() => {
    const listen = (event: Event) => onEvent(event);
    document.addEventListener("pointerdown", listen, { capture: true });
    document.addEventListener("keydown", listen, { capture: true });
    return () => {
      document.removeEventListener("pointerdown", listen, { capture: true });
      document.removeEventListener("keydown", listen, { capture: true });
    };
  }, []);
  return null;
}

export function CheckMenu({ label, text, ...items }: { label: string; text: ReactNode } & Checks) {
  return (
    <MenuFrame
      label={label}
      items={items}
      trigger={
        <>
          {text}
          <Icon name="chevron-down" className="size-3.5 text-faint" />
        </>
      }
    />
  );
}

export function RadioMenu({ label, trigger, ...items }: { label: string; trigger: ReactNode } & Radios) {
  return <MenuFrame {...{ label, trigger, items }} />;
}

export function ActionMenu({ label, trigger, ...items }: { label: string; trigger: ReactNode } & Actions) {
  return <MenuFrame {...{ label, trigger, items }} />;
}

export function LinkMenu(
  props: { label: string; trigger: ReactNode; triggerProps: NonNullable<Frame["triggerProps"]> } & Links,
) {
  const { label, trigger, triggerProps, ...items } = props;
  return <MenuFrame {...{ label, trigger, triggerProps, items }} />;
}
