import { clsx } from "clsx";
import type { ReactNode } from "react";
import { type Explained, ExplainedLabel } from "./explained.tsx";
import { SteadyHeight } from "./text/steady-height.tsx";

export function Panel(props: {
  title?: ReactNode;
  note?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const { title, note, side, children, className } = props;
  return (
    <section className={clsx("min-w-0 overflow-clip rounded-lg border border-line bg-surface", className)}>
      {title === undefined ? null : (
        <header className="border-b border-line">
          <SteadyHeight
            keeps="all"
            className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5"
          >
            <h2 className="font-semibold">{title}</h2>
            {note === undefined ? null : <div className="figures text-note text-muted">{note}</div>}
            {side === undefined ? null : <div className="ml-auto flex items-center gap-2">{side}</div>}
          </SteadyHeight>
        </header>
      )}
      {children}
    </section>
  );
}

export interface Figure {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  tone?: "plain" | "alarm" | "unknown";
}

const tones = { plain: "text-ink", alarm: "text-stop", unknown: "text-faint" };

export function Figures(props: {
  figures: readonly Figure[];
  label: string;
  explanations: Readonly<Record<string, Explained>>;
}) {
  const { figures, label, explanations } = props;
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-2 gap-px overflow-clip rounded-lg border border-line bg-line sm:grid-cols-3 lg:grid-cols-6"
    >
      {figures.map(({ label: name, value, note, tone = "plain" }) => (
        // Where columns are narrow a note often needs two lines.
        <div
          key={name}
          className="flex min-h-[86px] min-w-0 flex-col bg-surface px-4 py-2.5 max-lg:min-h-[100px]"
        >
          <dt className="text-note text-muted">
            <ExplainedLabel label={name} about={explanations[name]} />
          </dt>
          <dd className={clsx("figures truncate font-semibold text-figure tracking-tight", tones[tone])}>
            {value}
          </dd>
          <dd className="figures mt-0.5 min-w-0 text-note text-muted">
            <SteadyHeight keeps="all">{note}</SteadyHeight>
          </dd>
        </div>
      ))}
    </dl>
  );
}
