import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { codeOf } from "#lib/client/http/client-error.ts";
import { getJson, postJson } from "#lib/client/http/http.ts";

const schema = async () => z.object({ lag: z.int() });
const answer = (body: unknown, status = 200) =>
  vi.stubGlobal("fetch", async () => Response.json(body, { status }));

describe("getJson", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("parses the answer", async () => {
    answer({ lag: 3 });
    expect(await getJson("/api/v1/x", schema)).toEqual({ lag: 3 });
  });

  it("says where an answer has an unknown shape", async () => {
    answer({ lag: "3" });
    await expect(getJson("/api/v1/x", schema)).rejects.toMatchObject({
      code: "notUnderstood",
      message: expect.stringMatching(/\/api\/v1\/x .*at lag: .*Reload/),
    });
  });

  it("passes on the server's own error", async () => {
    answer({ error: { code: "notFound", message: "There is no event hub x.", requestId: "r1" } }, 404);
    await expect(getJson("/api/v1/x", schema)).rejects.toMatchObject({
      code: "notFound",
      message: "There is no event hub x.",
      status: 404,
      requestId: "r1",
    });
  });

  it("survives an answer that is no JSON", async () => {
    vi.stubGlobal("fetch", async () => new Response("<html>", { status: 502 }));
    await expect(getJson("/api/v1/x", schema)).rejects.toMatchObject({ code: "notUnderstood", status: 502 });
  });

  it("reports a server that can't be reached or does not answer", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(getJson("/api/v1/x", schema)).rejects.toMatchObject({ code: "unreachable" });
    vi.stubGlobal("fetch", () => Promise.reject(new DOMException("late", "TimeoutError")));
    await expect(getJson("/api/v1/x", schema)).rejects.toMatchObject({ code: "timedOut" });
  });

  it("leaves an abort by the caller as it is", async () => {
    const abort = new DOMException("left", "AbortError");
    vi.stubGlobal("fetch", () => Promise.reject(abort));
    await expect(getJson("/api/v1/x", schema, new AbortController().signal)).rejects.toBe(abort);
  });
});

describe("postJson", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("sends the body as JSON and parses the answer", async () => {
    const fetch = vi.fn(async (_path: string, _init: RequestInit) => Response.json({ lag: 3 }));
    vi.stubGlobal("fetch", fetch);
    expect(await postJson("/api/v1/x", { a: 1 }, schema)).toEqual({ lag: 3 });
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      method: "POST",
      body: '{"a":1}',
      headers: { "content-type": "application/json" },
    });
  });

  it("passes on the server's own error, and does not retry", async () => {
    const body = { error: { code: "planGone", message: "This plan has expired.", requestId: "r1" } };
    const fetch = vi.fn(async () => Response.json(body, { status: 409 }));
    vi.stubGlobal("fetch", fetch);
    const error: unknown = await postJson("/api/v1/x", {}, schema).catch((thrown: unknown) => thrown);
    expect([codeOf(error), fetch.mock.calls.length]).toEqual(["planGone", 1]);
    expect(codeOf(new Error("else"))).toBeNull();
  });
});
