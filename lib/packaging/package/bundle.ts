import { createRequire } from "node:module";
import { dirname, join, posix, relative, sep } from "node:path";
import { type OutputChunk, type Plugin, type RolldownOutput, rolldown } from "rolldown";

const programs = [
  "server/start",
  "server/make-token",
  "cli/main",
  "sandbox/demo",
  "sandbox/demo/processor",
  "sandbox/demo/producer",
];
const outside = ["next", "pg-native"];
/** Databases that Azurite's library supports; the demo's Azurite keeps blobs in memory. */
const otherDatabases = /^(pg|pg-hstore|mysql2|mariadb|sqlite3|tedious|oracledb|ibm_db|snowflake-sdk|odbc)$/;

export async function bundlePrograms(root: string, folder: string, chosen = programs): Promise<string[]> {
  const build = await rolldown({
    cwd: root,
    platform: "node",
    input: Object.fromEntries(chosen.map((name) => [name, `lib/${name}.ts`])),
    external: outside,
    plugins: [keepPlaces(root)],
  });
  const output = await build.write({
    dir: folder,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
  return modulesOf(output);
}

/** Bundles Azurite's blob service for the demo: its packages would take 300 MB. */
export async function bundleAzurite(root: string, file: string): Promise<string[]> {
  const build = await rolldown({
    cwd: root,
    platform: "node",
    input: { main: createRequire(join(root, "package.json")).resolve("azurite/dist/src/blob/main.js") },
    external: otherDatabases,
  });
  const output = await build.write({
    file,
    format: "cjs",
    codeSplitting: false,
    minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
  return modulesOf(output);
}

/** Keeps `import.meta.dirname` working for files that read others beside them. */
function keepPlaces(root: string): Plugin {
  const mark = (place: string) => `"tidemark:place:${place}"`;
  return {
    name: "keep-places",
    transform(code, id) {
      if (!id.startsWith(join(root, "lib")) || !code.includes("import.meta.dirname")) return null;
      const place = relative(join(root, "lib"), dirname(id)).split(sep).join("/");
      return { code: code.replaceAll("import.meta.dirname", mark(place)), map: null };
    },
    renderChunk(code, { fileName }) {
      const here = posix.dirname(fileName);
      return {
        code: code.replaceAll(/["'`]tidemark:place:([^"'`]*)["'`]/g, (_, place: string) => {
          return `(import.meta.dirname+"/${posix.relative(here, place) || "."}")`;
        }),
        map: null,
      };
    },
  };
}

function modulesOf({ output }: RolldownOutput): string[] {
  const chunks = output.filter((file): file is OutputChunk => file.type === "chunk");
  return chunks.flatMap(({ modules }) => Object.keys(modules));
}
