import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { create } from "tar";
import { bundleAzurite, bundlePrograms } from "./package/bundle.ts";
import { licensesOf } from "./package/licenses.ts";
import {
  contentManifest,
  nodeProject,
  packageFolders,
  packageManifest,
  readManifest,
  writeJson,
} from "./package/manifests.ts";
import { copyPackages, copyPages, filesInPages, packageOf } from "./package/pages.ts";
import { sbomOf } from "./package/sbom.ts";

// `npm run package [FOLDER]` makes tidemark-<version>.tgz, which npm installs anywhere, with its SBOM beside.
const root = join(import.meta.dirname, "../..");
const copied = [
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
  "next.config.mjs",
  "app/tokens.css",
  "public",
  ...["child", "node-version", "npm", "on-path", "own-node", "parent", "pass-on", "step", "tidemark"].map(
    (name) => `lib/bootstrap/${name}.mjs`,
  ),
];
/** The time is fixed so that a commit always makes the same package. */
const sameTime = new Date("2026-01-01T00:00:00Z");

async function fill(stage: string): Promise<void> {
  const own = readManifest(root);
  const bundled = await bundlePrograms(root, join(stage, "dist"));
  const azurite = await bundleAzurite(root, join(stage, "node_modules/azurite/dist/src/blob/main.js"));
  await copyPages(root, stage);
  const packaged = await copyPackages(root, stage);
  for (const path of copied) await cp(join(root, path), join(stage, path), { recursive: true });
  const names = [...new Set([...packaged.map(packageOf), "azurite"])]
    .filter((name) => name !== null)
    .toSorted();
  const brought = names.map((name) => readManifest(join(root, "node_modules", name)));
  for (const manifest of brought) {
    writeJson(join(stage, "node_modules", manifest.name, "package.json"), contentManifest(manifest));
  }
  writeJson(join(stage, "package.json"), packageManifest(own, brought));
  const node = nodeProject(root);
  writeJson(join(stage, "node/package.json"), node.manifest);
  writeJson(join(stage, "node/package-lock.json"), node.lock);
  const contained = packageFolders([
    ...[...bundled, ...azurite, ...filesInPages(root)],
    ...packaged.map((file) => join(root, file)),
  ]);
  writeFileSync(join(stage, "THIRD-PARTY-LICENSES.txt"), licensesOf(contained));
  writeJson(join(stage, "sbom.json"), sbomOf(root, contained));
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Files that name this machine's folder: useless elsewhere, and private. */
function thoseThatName(folder: string, stage: string, files: readonly string[]): string[] {
  return files
    .filter((file) => /^(\.next|dist)\b.*\.(js|json|css|html|rsc)$/.test(file))
    .filter((file) => readFileSync(join(stage, file), "utf8").includes(folder));
}

async function main([folder = root]: string[]): Promise<void> {
  const stage = await mkdtemp(join(tmpdir(), "tidemark-package-"));
  try {
    await fill(stage);
    const files = filesOf(stage);
    const telling = thoseThatName(root, stage, files);
    if (telling.length > 0) throw new Error(`These would name ${root}: ${telling.join(", ")}`);
    const name = join(folder, `tidemark-${readManifest(root).version}`);
    const file = `${name}.tgz`;
    await mkdir(folder, { recursive: true });
    await cp(join(stage, "sbom.json"), `${name}.sbom.json`);
    const archive = { file, cwd: stage, prefix: "package", gzip: { level: 9 }, mtime: sameTime };
    await create({ ...archive, portable: true, noDirRecurse: true }, files);
    const { size } = await stat(file);
    process.stdout.write(`${file}: ${(size / 1e6).toFixed(1)} MB, ${files.length} files\n`);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
