import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const room = import.meta.dirname;
/**
 * The folder for installed and built files, which git ignores. CI sets its own, since `npm ci` empties
 * node_modules.
 */
export const built =
  process.env.TIDEMARK_INTEROP_CACHE || join(room, "../../node_modules/.cache/tidemark-interop");

/** The folder of a run's report and of what its workers say. Two runs with other SDKs each may overlap. */
export const runFolder = (ids: string): string => join(built, "runs", ids.replaceAll(",", "-"));

export interface Command {
  file: string;
  args: readonly string[];
  env?: Record<string, string>;
}

export interface Sdk {
  id: string;
  label: string;
  folder: string;
  version: string;
  variant?: string;
  needs: readonly Command[];
  /** Each command is quick when there is nothing to do. */
  setup: readonly Command[];
  run: Command;
}

function versionIn(file: string, pattern: RegExp): string {
  const version = pattern.exec(readFileSync(join(room, file), "utf8"))?.[1];
  if (version === undefined) throw new Error(`${file} names no version: looked for ${pattern}.`);
  return version;
}

const python = join(built, "python/bin/python");
const java = join(built, "java");
const rust = join(built, "rust");

const pythonBase = {
  folder: "python",
  version: versionIn("python/requirements.in", /^azure-eventhub==(\S+)$/m),
  needs: [{ file: "python3", args: ["--version"] }],
  setup: [
    { file: "python3", args: ["-m", "venv", join(built, "python")] },
    {
      file: python,
      args: [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "-r",
        join(room, "python/requirements.txt"),
      ],
    },
  ],
  run: { file: python, args: [join(room, "python/worker.py")] },
} as const;

const javascript: Sdk = {
  id: "javascript",
  label: "JavaScript",
  folder: "javascript",
  version: versionIn("../../package.json", /"@azure\/event-hubs": "([^"]+)"/),
  needs: [],
  setup: [],
  run: { file: process.execPath, args: [join(room, "javascript/worker.ts")] },
};

export const sdks: readonly Sdk[] = [
  javascript,
  { ...pythonBase, id: "python", label: "Python (asyncio)" },
  { ...pythonBase, id: "python-sync", label: "Python (threads)", variant: "sync" },
  {
    id: "java",
    label: "Java",
    folder: "java",
    version: versionIn(
      "java/pom.xml",
      /<artifactId>azure-messaging-eventhubs<\/artifactId>\s*<version>([^<]+)</,
    ),
    needs: [
      { file: "java", args: ["-version"] },
      { file: "mvn", args: ["--version"] },
    ],
    setup: [
      {
        file: "mvn",
        args: ["-B", "-q", "-f", join(room, "java/pom.xml"), `-Doutput=${java}`, "compile"],
      },
    ],
    run: {
      file: "java",
      // The process is short-lived, so it uses the quick compiler and the small collector.
      args: ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", `${java}/classes:${java}/lib/*`, "Worker"],
    },
  },
  {
    id: "go",
    label: "Go",
    folder: "go",
    version: versionIn("go/go.mod", /azeventhubs\/v2 v(\S+)/),
    needs: [{ file: "go", args: ["version"] }],
    setup: [{ file: "go", args: ["build", "-C", join(room, "go"), "-o", join(built, "go/worker"), "."] }],
    run: { file: join(built, "go/worker"), args: [] },
  },
  {
    id: "rust",
    label: "Rust",
    folder: "rust",
    version: versionIn("rust/Cargo.toml", /^azure_messaging_eventhubs = "=([^"]+)"$/m),
    needs: [{ file: "cargo", args: ["--version"] }],
    setup: [
      {
        file: "cargo",
        args: ["build", "--quiet", "--locked", "--manifest-path", join(room, "rust/Cargo.toml")],
        env: { CARGO_TARGET_DIR: rust },
      },
    ],
    run: { file: join(rust, "debug/tidemark-interop"), args: [] },
  },
];

export const ownStore: Sdk = { ...javascript, label: "JavaScript on the dashboard's store", variant: "own" };

export function missingOf(sdk: Sdk): string | null {
  const missing = sdk.needs.find(({ file, args }) => spawnSync(file, args).status !== 0);
  return missing === undefined ? null : missing.file;
}
