import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Manifest, readManifest } from "./manifests.ts";

interface Locked {
  integrity?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}
type Lock = Record<string, Locked>;

/**
 * Lists what the package holds, as CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/): the packages of
 * every bundled or copied file, and as optional the Node that it fetches on machines with an older one.
 * @param folders of the packages within root's node_modules
 */
export function sbomOf(root: string, folders: readonly string[]): object {
  const { packages: lock } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Lock;
  };
  const own = readManifest(root);
  const held = folders.map((folder) => relative(root, folder).replaceAll("\\", "/"));
  const refs = new Map(held.map((path) => [path, purlOf(readManifest(join(root, path)))]));
  const nodes = Object.entries(own.optionalDependencies ?? {}).map(([name, version]) => {
    return component({ name, version, license: "MIT" }, lock[`node_modules/${name}`], "optional");
  });
  const bundled = held.map((path) => component(readManifest(join(root, path)), lock[path], "required"));
  const components = [...new Map([...bundled, ...nodes].map((one) => [one["bom-ref"], one])).values()];
  const edges = new Map(
    ["", ...held].map((path) => [refs.get(path) ?? purlOf(own), reached(lock, refs, path)]),
  );
  // The repository has Azurite for development; the package holds it.
  for (const name of Object.keys(own.devDependencies ?? {})) {
    const ref = refs.get(`node_modules/${name}`);
    if (ref !== undefined) edges.get(purlOf(own))?.add(ref);
  }
  for (const { "bom-ref": ref } of nodes) edges.get(purlOf(own))?.add(ref);
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: { ...component(own, undefined, "required"), type: "application" } },
    components: components.toSorted((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1)),
    dependencies: [...edges].map(([ref, to]) => ({ ref, dependsOn: [...to].toSorted() })),
  };
}

/** What a package depends on, past those that were bundled away: a barrel leaves nothing of itself. */
function reached(
  lock: Lock,
  refs: ReadonlyMap<string, string>,
  path: string,
  seen = new Set<string>(),
): Set<string> {
  const { dependencies, optionalDependencies, peerDependencies } = lock[path] ?? {};
  const found = new Set<string>();
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
    const target = resolved(lock, path, name);
    if (target === null || seen.has(target)) continue;
    seen.add(target);
    const ref = refs.get(target);
    for (const each of ref === undefined ? reached(lock, refs, target, seen) : [ref]) found.add(each);
  }
  return found;
}

function resolved(lock: Lock, from: string, name: string): string | null {
  const path = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (lock[path] !== undefined) return path;
  return from === "" ? null : resolved(lock, from.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ""), name);
}

function purlOf({ name, version }: Pick<Manifest, "name" | "version">): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

function component(manifest: Manifest, locked: Locked | undefined, scope: "required" | "optional") {
  const { name, version, license } = manifest;
  const sha512 = /^sha512-(\S+)/.exec(locked?.integrity ?? "")?.[1];
  return {
    type: "library",
    "bom-ref": purlOf(manifest),
    name,
    version,
    scope,
    purl: purlOf(manifest),
    ...(typeof license === "string" && { licenses: [licenseOf(license)] }),
    ...(sha512 && { hashes: [{ alg: "SHA-512", content: Buffer.from(sha512, "base64").toString("hex") }] }),
  };
}

function licenseOf(license: string): object {
  if (/ (OR|AND|WITH) /.test(license)) return { expression: license };
  return { license: /^[A-Za-z0-9.+-]+$/.test(license) ? { id: license } : { name: license } };
}
