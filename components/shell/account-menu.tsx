"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleUserRound, UserRoundX } from "lucide-react";
import { useRouter } from "next/navigation";
import { Ticking } from "#components/ui/clock.tsx";
import { ActionMenu } from "#components/ui/menu/menu.tsx";
import type { Me } from "#lib/api/me.ts";
import { accountName, accountNotes } from "#lib/client/activity/account-words.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { helpPagePath } from "#lib/client/help/help-pages.ts";
import { signOut } from "#lib/client/http/session.ts";

const rolesPath = helpPagePath("sign-in", "what-each-role-may-do");

export function AccountMenu({ me }: { me: Me }) {
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: (location) => window.location.assign(location),
  });
  const router = useRouter();
  const name = showText(accountName(me));
  const Mark = me.kind === "nobody" ? UserRoundX : CircleUserRound;
  const until = me.until === null ? null : Date.parse(me.until);
  const label = leaving.isPending || leaving.isSuccess ? "Signing out…" : "Sign out";
  return (
    <ActionMenu
      label="Account"
      trigger={
        <>
          <Mark aria-hidden className="size-3.5 text-faint" />
          <span className="foreign max-w-44 truncate max-lg:sr-only">{name}</span>
          {me.kind === "nobody" ? null : (
            <span className="border-line border-l pl-1.5 text-muted max-lg:sr-only">{me.role}</span>
          )}
        </>
      }
      head={
        <div className="flex max-w-72 flex-col gap-1 text-pretty">
          <span className="foreign break-words font-semibold">{name}</span>
          {accountNotes(me).map((note) => (
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
          {leaving.error === null ? null : (
            <span role="alert" className="text-note text-stop">
              You are still signed in. {leaving.error.message}
            </span>
          )}
        </div>
      }
      actions={[
        { label: "What each role may do", onSelect: () => router.push(rolesPath) },
        ...(me.canSignOut ? [{ label, onSelect: () => leaving.mutate(), keepsOpen: true }] : []),
      ]}
    />
  );
}
