const names = ["Choose", "Review", "Apply"] as const;

export function Steps({ at }: { at: (typeof names)[number] }) {
  return (
    <ol aria-label="Steps" className="inline-flex gap-1.5">
      {names.map((name, i) => (
        <li
          key={name}
          className="inline-flex gap-1.5"
          {...(name === at ? { "aria-current": "step" as const } : {})}
        >
          <span className={name === at ? "font-semibold text-ink" : ""}>
            {i + 1} {name}
          </span>
          {i < names.length - 1 ? <span aria-hidden>→</span> : null}
        </li>
      ))}
    </ol>
  );
}
