import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

export interface Manifest {
  name: string;
  version: string;
  description?: string;
  license?: string;
  repository?: object;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

export function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

export function packageFolders(files: readonly string[]): string[] {
  const folders = files.map((file) => {
    const path = file.replace(/^\0/, "").split(sep).join("/");
    return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  });
  // Source maps name folders of a package's own making too.
  return [...new Set(folders)].filter(
    (folder): folder is string => folder !== undefined && existsSync(join(folder, "package.json")),
  );
}

/**
 * Returns the package's manifest, which bundles all dependencies. npm takes a provenance only with the
 * repository that it names.
 */
export function packageManifest(
  { name, version, description, license, repository }: Manifest,
  brought: Manifest[],
): object {
  return {
    name,
    version,
    description,
    license,
    repository,
    type: "module",
    bin: { tidemark: "lib/bootstrap/tidemark.mjs" },
    engines: { node: ">=20", npm: ">=10" },
    dependencies: Object.fromEntries(brought.map((one) => [one.name, one.version])),
    bundleDependencies: brought.map((one) => one.name),
  };
}

const asksForMore = /^(.*[dD]ependencies(Meta)?|scripts|engines|devEngines|workspaces)$/;

/** A bundled package's manifest without what npm would fetch, run or warn of: an older Node only fetches a newer one. */
export function contentManifest(manifest: Manifest): object {
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !asksForMore.test(key)));
}

/** A project of Node's binaries with their hashes, which npm installs on machines with an older Node. */
export function nodeProject(root: string): { manifest: object; lock: object } {
  const { optionalDependencies = {} } = readManifest(root);
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { integrity?: string }>;
  };
  const entries = Object.keys(optionalDependencies).map((name) => {
    const entry = packages[`node_modules/${name}`];
    if (entry?.integrity === undefined) throw new Error(`The lock file has no hash of ${name}.`);
    return [`node_modules/${name}`, entry] as const;
  });
  const project = { name: "tidemark-node", version: "1.0.0", private: true, optionalDependencies };
  const { private: _, ...rootEntry } = project;
  return {
    manifest: project,
    lock: {
      name: project.name,
      version: project.version,
      lockfileVersion: 3,
      requires: true,
      packages: { "": rootEntry, ...Object.fromEntries(entries) },
    },
  };
}
