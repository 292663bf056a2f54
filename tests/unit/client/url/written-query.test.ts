import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createWrittenQuery } from "#lib/client/url/written-query.ts";

function page(search = "") {
  const place = { pathname: "/a", search, hash: "#h" };
  const went: [url: string, isStep: boolean][] = [];
  const written = createWrittenQuery(
    () => place,
    (url, isStep) => {
      went.push([url, isStep]);
      place.search = new URL(url, "http://x").search;
    },
    Date.now,
  );
  return { place, went, written, write: (query: string) => written.write(() => query, false) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a query that was written", () => {
  it("is shown at once, and in the address at once unless that was just written", () => {
    const { went, written, write } = page();
    write("q=a");
    expect(went).toEqual([["/a?q=a#h", false]]);
    write("q=ab");
    write("q=abc");
    expect(written.state.get()?.query).toBe("q=abc");
    expect(went).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(went.slice(1)).toEqual([["/a?q=abc#h", false]]);
  });

  it("builds on what was written before it, also where the address lacks that yet", () => {
    const { went, written } = page("?store=main");
    for (const more of ["a=1", "b=2", "c=3"]) written.write((before) => `${before}&${more}`, false);
    vi.advanceTimersByTime(100);
    expect(went.at(-1)?.[0]).toBe("/a?store=main&a=1&b=2&c=3#h");
  });

  it("adds a step at once, with what waited", () => {
    const { went, written, write } = page();
    write("q=a");
    write("q=ab");
    written.write((before) => `${before}&tab=lag`, true);
    expect(went.slice(1)).toEqual([["/a?q=ab&tab=lag#h", true]]);
    vi.advanceTimersByTime(100);
    expect(went).toHaveLength(2);
  });

  it("is no step where it changes nothing", () => {
    const { went, written } = page("?from=x%3Ay");
    for (let time = 0; time < 2; time += 1) written.write(() => "from=z", true);
    written.write(() => "from=z", false);
    expect(went).toEqual([["/a?from=z#h", true]]);
    expect(written.state.get()?.isInAddress).toBe(true);
  });

  it("counts until the router has it, whatever older one that brings first", () => {
    const { written, write } = page();
    write("q=a");
    write("q=ab");
    written.settle("q=a");
    expect(written.state.get()?.query).toBe("q=ab");
    vi.advanceTimersByTime(100);
    written.settle("q=a");
    expect(written.state.get()?.query).toBe("q=ab");
    written.settle("q=ab");
    expect(written.state.get()).toBeNull();
  });

  it("gives way to whatever led elsewhere", () => {
    const { place, written, write } = page();
    write("q=a");
    place.search = "?q=before";
    written.settle("q=before");
    expect(written.state.get()).toBeNull();
  });

  it("is forgotten by whoever goes back before the router has it", () => {
    const { went, written, write } = page();
    write("q=a");
    write("q=ab");
    written.forget();
    vi.advanceTimersByTime(100);
    expect(written.state.get()).toBeNull();
    expect(went).toHaveLength(1);
  });

  it("is not written into another page's address", () => {
    const { place, went, written, write } = page();
    write("q=a");
    write("q=ab");
    place.pathname = "/b";
    vi.advanceTimersByTime(100);
    expect(went).toHaveLength(1);
    expect(written.state.get()).toBeNull();
  });
});
