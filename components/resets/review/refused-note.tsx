import { Icon } from "#components/ui/icons/icon.tsx";

export function RefusedNote({ why }: { why: string }) {
  return (
    <p role="status" className="flex gap-2.5 rounded-lg border border-line bg-surface px-4 py-2">
      <Icon name="lock" className="mt-0.5 size-4 shrink-0 text-muted" />
      {why}
    </p>
  );
}
