import { mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { type Config, ConfigError } from "#lib/server/config/config.ts";
import { ConfigFollower } from "#lib/server/reload/config-follower.ts";

function follow(text: string, options: { file?: null; isApplied?: () => boolean; everyMs?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-follow-"));
  const file = join(folder, "config.json");
  writeFileSync(file, text);
  const applied: string[] = [];
  const refused: string[] = [];
  const follower = new ConfigFollower(
    {
      file: options.file === null ? null : file,
      load: (content) => {
        // A file that is being written is empty for a moment.
        if (content === "" || content.includes("fault")) throw new ConfigError([`here: ${content}`]);
        return content as unknown as Config;
      },
      apply: async (config) => {
        applied.push(String(config));
        return options.isApplied?.() ?? true;
      },
      refused: (problems) => refused.push(...problems),
      observeEveryMs: options.everyMs ?? 10,
    },
    text,
  );
  follower.start();
  onTestFinished(async () => {
    await follower.stop();
    rmSync(folder, { recursive: true });
  });
  return { folder, file, applied, refused, follower };
}

/** Replaces the file at once. A part of a file written in place could be read as a configuration, too. */
function put(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

it("reads a file again when its content has changed, and not when it was only written", async () => {
  const { file, applied } = follow("one");
  put(file, "one");
  put(file, "two");
  await vi.waitFor(() => expect(applied).toEqual(["two"]));
  put(file, "two");
  put(file, "three");
  await vi.waitFor(() => expect(applied).toEqual(["two", "three"]));
});

it("follows a link that is swapped", async () => {
  const { folder, file, applied } = follow("one");
  writeFileSync(join(folder, "next.json"), "two");
  symlinkSync("next.json", join(folder, "link"));
  renameSync(join(folder, "link"), file);
  await vi.waitFor(() => expect(applied).toEqual(["two"]));
});

it("tells a faulty content once, keeps the current configuration, and takes the next good one", async () => {
  const { file, applied, refused } = follow("one");
  put(file, "fault 1");
  await vi.waitFor(() => expect(refused).toEqual(["here: fault 1"]));
  put(file, "fault 2");
  await vi.waitFor(() => expect(refused).toEqual(["here: fault 1", "here: fault 2"]));
  expect(applied).toEqual([]);
  put(file, "one");
  await vi.waitFor(() => expect(applied).toEqual(["one"]));
});

it("does not call a file faulty that was being written", async () => {
  const { file, applied, refused } = follow("one");
  put(file, "fault, half of it");
  await new Promise((resolve) => setTimeout(resolve, 100));
  put(file, "two");
  await vi.waitFor(() => expect(applied).toEqual(["two"]));
  expect(refused).toEqual([]);
});

it("tells that the file is gone", async () => {
  const { file, refused } = follow("one");
  unlinkSync(file);
  await vi.waitFor(() => expect(refused).toEqual([expect.stringContaining("can't be read (ENOENT)")]));
});

it("reads it again on request, even when nothing has changed", async () => {
  const { applied, follower } = follow("one", { everyMs: 60_000 });
  follower.reload();
  await vi.waitFor(() => expect(applied).toEqual(["one"]));
});

it("retries postponed changes until all of them are applied", async () => {
  let tries = 0;
  const { file, applied } = follow("one", {
    isApplied: () => {
      tries += 1;
      return tries >= 3;
    },
  });
  put(file, "two");
  await vi.waitFor(() => expect(applied).toEqual(["two", "two", "two"]));
  put(file, "three");
  await vi.waitFor(() => expect(applied.at(-1)).toBe("three"));
  expect(applied).toHaveLength(4);
});
