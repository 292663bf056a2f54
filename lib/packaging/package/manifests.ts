import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Manifest {
  name: string;
  version: string;
  description?: string;
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

export function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Returns the package's manifest, which bundles all dependencies.
 * @param repository `owner/name` on GitHub: npm takes a provenance only with the repository that it names
 */
export function packageManifest(
  { name, version, description, license }: Manifest,
  brought: Manifest[],
  repository?: string,
): object {
  return {
    name,
    version,
    description,
    license,
    ...(repository && { repository: { type: "git", url: `git+https://github.com/${repository}.git` } }),
    type: "module",
    bin: { tidemark: "lib/bootstrap/tidemark.mjs" },
    engines: { node: ">=20", npm: ">=10" },
    dependencies: Object.fromEntries(brought.map((one) => [one.name, one.version])),
    bundleDependencies: brought.map((one) => one.name),
  };
}

const asksForMore = /^(.*[dD]ependencies(Meta)?|scripts|devEngines|workspaces)$/;

/** A bundled package's manifest without what npm would fetch or run. */
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
