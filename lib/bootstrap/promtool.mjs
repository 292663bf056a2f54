import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fetchedPromtool, findPromtool } from "./find-promtool.mjs";
import { run } from "./step.mjs";

const programs = ["apt-get", "dpkg-deb"].map((name) => join("/usr/bin", name));

/**
 * Sees to promtool for the tests, where Debian's packages are at hand. The package is fetched and opened, not
 * installed: that would start a Prometheus server. Without it those tests say that they are left out.
 */
export async function providePromtool() {
  if (findPromtool() !== null || !programs.every((program) => existsSync(program))) return;
  const folder = await mkdtemp(join(tmpdir(), "tidemark-promtool-"));
  try {
    // As root it is fetched as another user, who must be able to write there.
    await chmod(folder, 0o777);
    await fetchPackage(folder);
    const [file] = (await readdir(folder)).filter((name) => name.endsWith(".deb"));
    if (file === undefined) throw new Error("apt-get fetched no package.");
    const opened = join(folder, "opened");
    await run("Opening Debian's package prometheus", "dpkg-deb", ["-x", join(folder, file), opened]);
    await mkdir(dirname(fetchedPromtool), { recursive: true });
    // Two test runs at once may both come here: the file is there whole, or not at all.
    const beside = `${fetchedPromtool}.${process.pid}`;
    await run("Keeping promtool", "cp", [join(opened, "usr/bin/promtool"), beside]);
    await rename(beside, fetchedPromtool);
  } catch (error) {
    console.log(`tidemark: promtool could not be had: ${error instanceof Error ? error.message : error}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function fetchPackage(folder) {
  const fetchIt = () =>
    run("Fetching Debian's package prometheus", "apt-get", ["download", "-qq", "prometheus"], {
      cwd: folder,
    });
  try {
    await fetchIt();
  } catch (error) {
    if (process.getuid?.() !== 0) throw error;
    // A fresh machine has no lists, or old ones.
    await run("Updating Debian's package lists", "apt-get", ["update", "-qq"]);
    await fetchIt();
  }
}
