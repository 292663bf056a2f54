"use client";

import { buttonClass } from "#components/ui/button.tsx";
import { Choice, ChoiceGroup } from "#components/ui/form/field.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { type FileChoice, fileRefusals, fileWay } from "#lib/client/positions/import-target.ts";
import type { FileState } from "#lib/client/positions/use-imported-file.ts";

type By = "position" | "time";

interface Props {
  state: FileState;
  onFile: (file: File) => void;
  choice: FileChoice | null;
  by: By | null;
  onBy: (by: By) => void;
}

export function FileFields({ state, onFile, choice, by, onBy }: Props) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <label className={buttonClass("outline", "focus-within:outline-2 focus-within:outline-focus")}>
          {state.kind === "read" ? "Another file…" : "Choose a file…"}
          <input
            type="file"
            aria-label="File of positions, CSV or JSON"
            accept=".csv,.json,text/csv,application/json"
            className="sr-only"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) onFile(file);
              // Choosing the same file again must fire a change.
              event.target.value = "";
            }}
          />
        </label>
        <Said state={state} choice={choice} />
      </div>
      {state.kind === "wrong" ? <Problems name={state.name} problems={state.problems} /> : null}
      {choice === null ? null : <Ways choice={choice} by={by} onBy={onBy} />}
    </>
  );
}

function Said({ state, choice }: { state: FileState; choice: FileChoice | null }) {
  const said = "text-note text-muted min-w-0 text-pretty";
  if (state.kind === "reading") return <span className={said}>Reading…</span>;
  if (state.kind === "gone") {
    return <span className={said}>This tab no longer has the file: choose it again.</span>;
  }
  if (state.kind !== "read") {
    return <span className={said}>CSV or JSON, as “Export positions” on a group’s page writes them.</span>;
  }
  const { file, name } = state;
  const unknown = file.positions.filter(
    ({ partitionId }) => choice?.known.includes(partitionId) === false,
  ).length;
  return (
    <span className={said}>
      <span className="foreign font-mono text-ink">{showText(name)}</span>:{" "}
      {plural(file.positions.length, "partition")}
      {file.consumerGroup === null ? "" : ` of ${showText(file.consumerGroup)}`}
      {file.hub === null ? "" : ` on ${showText(file.hub.eventHubName)}`}
      {file.exportedAt === null ? "" : `, exported ${showText(file.exportedAt)}`}.
      {unknown === 0
        ? ""
        : ` ${formatCount(unknown)} of them ${unknown === 1 ? "is" : "are"} no partition here and left out.`}
    </span>
  );
}

function Problems({ name, problems }: { name: string; problems: readonly string[] }) {
  return (
    <div role="alert" className="flex gap-2 rounded-md border border-stop/40 px-3 py-2">
      <Icon name="file-warning" className="mt-0.5 size-4 shrink-0 text-stop" />
      <div className="min-w-0">
        <p>
          <span className="foreign font-mono">{showText(name)}</span> can’t be used:
        </p>
        <ul className="list-disc pl-4 text-muted">
          {problems.map((problem) => (
            <li key={problem} className="break-words">
              {showText(problem)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Ways({ choice, by, onBy }: { choice: FileChoice; by: By | null; onBy: (by: By) => void }) {
  const refusals = fileRefusals(choice);
  const way = fileWay(choice, by);
  return (
    <div className="overflow-clip rounded-lg border border-line bg-surface">
      <ChoiceGroup label="What to use from the file">
        <Choice
          name="fileBy"
          value="position"
          checked={way === "position"}
          onChoose={() => onBy("position")}
          label="By position"
          note="The exact events that the file names."
          whyNot={refusals.position}
        />
        <Choice
          name="fileBy"
          value="time"
          checked={way === "time"}
          onChoose={() => onBy("time")}
          label="By time"
          note="The first event enqueued at or after the file’s time, per partition."
          whyNot={refusals.time}
        />
      </ChoiceGroup>
    </div>
  );
}
