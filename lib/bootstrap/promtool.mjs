import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fetchedPromtool, findPromtool } from "./find-promtool.mjs";
import { run } from "./step.mjs";

const programs = ["apt-get", "dpkg-deb"].map((name) => join("/usr/bin", name));

/**
 * Provides promtool for tests on Debian. The package is unpacked, not installed: installing would start a
 * Prometheus server. Without promtool those tests say that they are skipped.
 */
export async function providePromtool() {
  if (findPromtool() !== null || !programs.every((program) => existsSync(program))) return;
  const folder = await mkdtemp(join(tmpdir(), "tidemark-promtool-"));
  try {
    // As root, apt fetches as another user, who must be able to write here.
    await chmod(folder, 0o777);
    await fetchPackage(folder);
    const [file] = (await readdir(folder)).filter((name) => name.endsWith(".deb"));
    if (file === undefined) throw new Error("apt-get fetched no package.");
    const opened = join(folder, "opened");
    await run("Opening Debian's package prometheus", "dpkg-deb", ["-x", join(folder, file), opened]);
    await mkdir(dirname(fetchedPromtool), { recursive: true });
    // Two test runs may race: rename makes the file appear whole or not at all.
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
    await run("Updating Debian's package lists", "apt-get", ["update", "-qq"]);
    await fetchIt();
  }
}
