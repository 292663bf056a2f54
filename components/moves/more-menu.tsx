"use client";

import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { LinkMenu } from "#components/ui/menu/menu.tsx";
import { cleanupPath, movePath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  address: GroupAddress;
  whyNoMove: string | null;
  whyNoCleanup: string | null;
}

export function MoreMenu({ address: { hub, group, store }, whyNoMove, whyNoCleanup }: Props) {
  const links = [
    ...(whyNoMove !== null
      ? []
      : [{ id: "move", label: "Move checkpoints…", href: movePath(hub, group, store) }]),
    ...(whyNoCleanup !== null
      ? []
      : [{ id: "cleanup", label: "Clean up…", href: cleanupPath(hub, group, store) }]),
  ];
  const content = (
    <>
      More
      <Icon name="chevron-down" className="size-3.5 text-faint" />
    </>
  );
  if (links.length === 0) return <Button whyDisabled={whyNoMove ?? whyNoCleanup}>{content}</Button>;
  return (
    <LinkMenu
      label="More actions"
      trigger={content}
      triggerProps={{ "aria-label": "More actions" }}
      links={links}
    />
  );
}
