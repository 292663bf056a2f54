import { createRequire } from "node:module";
import { dirname, join, posix, relative, sep } from "node:path";
import { type OutputChunk, type Plugin, type RolldownOutput, rolldown } from "rolldown";

/** What is started by its path, by where it stands in lib and in the package's dist. */
const programs = [
  "server/start",
  "server/make-token",
  "cli/main",
  "sandbox/demo",
  "sandbox/demo/processor",
  "sandbox/demo/producer",
];
/** Found where they are installed, or tried and done without. */
const outside = ["next", "pg-native"];
/** Databases of other makers that Azurite's library knows; the demo's Azurite keeps its blobs in memory. */
const otherDatabases = /^(pg|pg-hstore|mysql2|mariadb|sqlite3|tedious|oracledb|ibm_db|snowflake-sdk|odbc)$/;

/** The server, the demo and what they use of packages, as JavaScript in `folder`. Answers the files that went in. */
export async function bundlePrograms(root: string, folder: string): Promise<string[]> {
  const build = await rolldown({
    cwd: root,
    platform: "node",
    input: Object.fromEntries(programs.map((name) => [name, `lib/${name}.ts`])),
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

/** Azurite's blob service in one file, which the demo runs: its packages fill 300 MB. */
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

/** A file that reads another beside it, `import.meta.dirname`, finds it from the file that it is bundled into. */
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
