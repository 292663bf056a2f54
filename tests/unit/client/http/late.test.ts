import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { late } from "#lib/client/http/late.ts";
import { askVersion, pageVersion } from "#lib/client/http/new-version.ts";

const missing = () => {
  const error = new Error("Failed to load chunk /_next/static/chunks/a.js");
  error.name = "ChunkLoadError";
  return Promise.reject(error);
};
const asked: string[] = [];
const answer = (status: number) =>
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return new Response(null, { status });
  });

describe("a part that is loaded after the page", () => {
  beforeEach(() => {
    vi.stubGlobal("document", { documentElement: { getAttribute: () => "build-1" } });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    pageVersion.set("same");
    asked.length = 0;
  });

  it("is returned when it loads, without asking the server", async () => {
    answer(404);
    expect(await late(async () => 7)).toBe(7);
    expect([pageVersion.get(), asked]).toEqual(["same", []]);
  });

  it("reports a new version when the server no longer has this page's build", async () => {
    answer(404);
    await expect(late(missing)).rejects.toMatchObject({ code: "newVersion" });
    expect([pageVersion.get(), asked]).toEqual(["new", ["/_next/static/build-1/_buildManifest.js"]]);
  });

  it("reports a missing part when the server still runs this build", async () => {
    answer(200);
    await expect(late(missing)).rejects.toMatchObject({ code: "partMissing" });
    expect(pageVersion.get()).toBe("incomplete");
  });

  it("loads where the server came back between the part and its question", async () => {
    answer(200);
    const load = vi.fn<() => Promise<number>>().mockImplementationOnce(missing).mockResolvedValueOnce(7);
    expect(await late(load)).toBe(7);
    expect([pageVersion.get(), load.mock.calls.length]).toEqual(["same", 2]);
  });

  it("keeps a known new version when another part is missing too", async () => {
    pageVersion.set("new");
    answer(200);
    await expect(late(missing)).rejects.toMatchObject({ code: "partMissing" });
    expect(pageVersion.get()).toBe("new");
  });

  it.each([
    ["does not answer", () => vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")))],
    ["has a proxy that answers for it", () => answer(502)],
  ])("reports no version when the server %s", async (_, away) => {
    away();
    await expect(late(missing)).rejects.toMatchObject({ code: "unreachable" });
    expect(await askVersion()).toBe("unreachable");
    expect(pageVersion.get()).toBe("same");
  });

  it("leaves a part's own error as it is", async () => {
    const fault = new TypeError("x is undefined");
    await expect(late(() => Promise.reject(fault))).rejects.toBe(fault);
    expect(pageVersion.get()).toBe("same");
  });
});
