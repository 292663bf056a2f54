import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { cp, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

const served = /^(BUILD_ID|package\.json|server|static|[\w-]+-manifest\.json)$/;
/** No page uses images, so Next's image library, the largest part, is never called. */
const imageLibrary = /^(sharp|@img\/[^/]+|detect-libc|semver)$/;
const unused = /\.(map|d\.ts|nft\.json)$|^node_modules\/(sonic-boom|thread-stream)\/(test|bench|fixtures)/;

export async function copyPages(root: string, stage: string): Promise<void> {
  for (const name of (await readdir(join(root, ".next"))).filter((one) => served.test(one))) {
    await cp(join(root, ".next", name), join(stage, ".next", name), {
      recursive: true,
      filter: (file) => !unused.test(file),
    });
  }
  const settings = "required-server-files.json";
  const text = await readFile(join(root, ".next", settings), "utf8");
  await writeFile(join(stage, ".next", settings), JSON.stringify(JSON.parse(text, movable(root))));
}

function movable(root: string): (key: string, value: unknown) => unknown {
  return (_, value) =>
    typeof value === "string" && value.startsWith(root) ? `.${value.slice(root.length)}` : value;
}

/**
 * Copies the package files that pages and Next's server need. Packages outside the bundle are links in
 * `.next/node_modules`, which no package can hold, so they become folders.
 */
export async function copyPackages(root: string, stage: string): Promise<string[]> {
  const files = neededFiles(root).filter((file) => !unused.test(file));
  for (const file of files) await cp(join(root, file), join(stage, file));
  const links = join(root, ".next/node_modules");
  for (const link of globSync("{*,@*/*}", { cwd: links }).filter((name) => !/^@[^/]+$/.test(name))) {
    const home = relative(root, await realpath(join(links, link)))
      .split(sep)
      .join("/");
    for (const file of files.filter((one) => one.startsWith(`${home}/`))) {
      await cp(join(root, file), join(stage, ".next/node_modules", link, file.slice(home.length + 1)));
    }
  }
  return files;
}

export function filesInPages(root: string): string[] {
  const sources = globSync(".next/server/**/*.map", { cwd: root }).flatMap((file) => {
    const map = JSON.parse(readFileSync(join(root, file), "utf8")) as SourceMap;
    return [map, ...(map.sections ?? []).map((section) => section.map)].flatMap((each) => each.sources ?? []);
  });
  const files = sources.flatMap((source) => /\bnode_modules\/.*/.exec(decodeURI(source))?.[0] ?? []);
  if (files.length === 0)
    throw new Error("The build left no source maps that name the packages in its pages.");
  return [...new Set(files)].map((file) => join(root, file.replaceAll("%40", "@")));
}

interface SourceMap {
  sources?: string[];
  sections?: { map: SourceMap }[];
}

function neededFiles(root: string): string[] {
  const traces = globSync("{next-server.js.nft.json,server/**/*.nft.json}", { cwd: join(root, ".next") });
  const traced = traces.flatMap((trace) => {
    const file = join(root, ".next", trace);
    const { files } = JSON.parse(readFileSync(file, "utf8")) as { files: string[] };
    return files.map((one) => relative(root, resolve(dirname(file), one)));
  });
  const paths = [...traced, ...foundByServer(root)].map((path) => path.split(sep).join("/"));
  return [...new Set(paths)].filter((path) => {
    const name = packageOf(path);
    return name !== null && !imageLibrary.test(name);
  });
}

/**
 * Next traces its own server, but not the path through a custom one. Runs that path up to the first request
 * and collects all that was resolved.
 */
function foundByServer(root: string): string[] {
  const script = `const Module = require("node:module");
    const found = new Set();
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (...args) => {
      const file = resolve(...args);
      if (file.includes("node_modules")) found.add(file);
      return file;
    };
    const app = require("next")({ dev: false, dir: process.cwd(), hostname: "127.0.0.1", port: 0 });
    app.prepare().then(() => {
      process.stdout.write("\\nfound " + JSON.stringify([...found]));
      process.exit();
    });`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=commonjs", "-e", script], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`Next's server could not be started to see what it needs:\n${stderr}`);
  const found = stdout.slice(stdout.lastIndexOf("\nfound ") + "\nfound ".length);
  const files = (JSON.parse(found) as string[]).map((file) => relative(root, file));
  return [...files, ...files.flatMap((file) => manifestsAbove(root, file))];
}

function manifestsAbove(root: string, file: string): string[] {
  const folder = dirname(file);
  if (!folder.startsWith("node_modules")) return [];
  const manifest = join(folder, "package.json");
  return [...(existsSync(join(root, manifest)) ? [manifest] : []), ...manifestsAbove(root, folder)];
}

export function packageOf(path: string): string | null {
  return (
    /^node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/.][^\\/]*)[\\/]/.exec(path)?.[1]?.replace("\\", "/") ?? null
  );
}
