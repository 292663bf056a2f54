import { Icon } from "#components/ui/icons/icon.tsx";

/** The browser's own control handles a thousand entries and typing. */
export function Select(props: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const { label, value, options, onChange } = props;
  return (
    <span className="relative inline-flex items-center">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 max-w-48 appearance-none truncate rounded-md border border-line bg-surface pr-7 pl-2.5 text-ink text-work hover:border-line-strong hover:bg-raised"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" className="pointer-events-none absolute right-2 size-3.5 text-faint" />
    </span>
  );
}
