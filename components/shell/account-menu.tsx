"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Ticking } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { ActionMenu } from "#components/ui/menu/menu.tsx";
import type { Me } from "#lib/api/me.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { helpPagePath } from "#lib/client/help/help-pages.ts";
import { late } from "#lib/client/http/late.ts";

const rolesPath = helpPagePath("sign-in", "what-each-role-may-do");

async function signOut(): Promise<string> {
  const [session] = await late(() => Promise.all([import("#lib/client/http/sign-out.ts")]));
  return session.signOut();
}

/** Its texts are the server's to make: they say the same until the next page. */
export interface Account extends Pick<Me, "kind" | "role" | "until" | "canSignOut"> {
  name: string;
  notes: readonly string[];
}

export function AccountMenu({ me }: { me: Account }) {
  const [isLeaving, setLeaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const leave = () => {
    setLeaving(true);
    setFault(null);
    signOut().then(
      (location) => window.location.assign(location),
      (error: Error) => {
        setLeaving(false);
        setFault(error.message);
      },
    );
  };
  const router = useRouter();
  const name = showText(me.name);
  const until = me.until === null ? null : Date.parse(me.until);
  const label = isLeaving ? "Signing out…" : "Sign out";
  return (
    <ActionMenu
      label="Account"
      trigger={
        <>
          <Icon
            name={me.kind === "nobody" ? "user-round-x" : "circle-user-round"}
            className="size-3.5 text-faint"
          />
          <span className="foreign max-w-44 truncate max-lg:sr-only">{name}</span>
          {me.kind === "nobody" ? null : (
            <span className="border-line border-l pl-1.5 text-muted max-lg:sr-only">{me.role}</span>
          )}
        </>
      }
      head={
        <div className="flex max-w-72 flex-col gap-1 text-pretty">
          <span className="foreign break-words font-semibold">{name}</span>
          {me.notes.map((note) => (
            <span key={note} className="foreign break-words text-note text-muted">
              {showText(note)}
            </span>
          ))}
          {until === null ? null : (
            <span className="figures text-note text-muted">
              Signed in for another{" "}
              <Ticking at={me.until} format={(now) => formatDuration((until - now) / 1000)} />.
            </span>
          )}
          {fault === null ? null : (
            <span role="alert" className="text-note text-stop">
              You are still signed in. {fault}
            </span>
          )}
        </div>
      }
      actions={[
        { label: "What each role may do", onSelect: () => router.push(rolesPath) },
        ...(me.canSignOut ? [{ label, onSelect: leave, keepsOpen: true }] : []),
      ]}
    />
  );
}
