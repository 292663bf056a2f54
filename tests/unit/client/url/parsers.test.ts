import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  changeQuery,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsLiteral,
  parseAsString,
  pathWith,
  readQuery,
  readSearch,
  withDefault,
} from "#lib/client/url/parsers.ts";

const parsers = {
  q: withDefault(parseAsString, ""),
  to: parseAsString,
  tab: withDefault(parseAsLiteral(["groups", "partitions"]), "groups"),
  hub: withDefault(parseAsArrayOf(parseAsString), []),
  behind: withDefault(parseAsBoolean, false),
  shift: parseAsInteger,
};
const read = (query: string) => readQuery(parsers, new URLSearchParams(query));
const initially = { q: "", to: null, tab: "groups", hub: [], behind: false, shift: null };

describe("a page's query", () => {
  it("has its defaults where a key is absent or means nothing", () => {
    expect(read("")).toEqual(initially);
    expect(read("tab=nonsense&shift=1.5&behind=perhaps&other=1")).toEqual(initially);
    expect(read("shift=12345678901234567").shift).toBeNull();
  });

  it("brings back any texts, lists and numbers", () => {
    // An empty item alone would be an empty list.
    const item = fc.string({ minLength: 1 }).filter((text) => !text.includes("%2C"));
    const values = fc.record({
      q: fc.string(),
      to: fc.option(fc.string()),
      tab: fc.constantFrom("groups" as const, "partitions" as const),
      hub: fc.array(item),
      behind: fc.boolean(),
      shift: fc.option(fc.maxSafeInteger()),
    });
    void fc.assert(
      fc.property(values, (wanted) => {
        const wellFormed = { ...wanted, q: wanted.q.toWellFormed(), to: wanted.to?.toWellFormed() ?? null };
        expect(read(changeQuery("", parsers, wellFormed))).toEqual(wellFormed);
        expect(read(pathWith("/a", parsers, wellFormed).split("?")[1] ?? "")).toEqual(wellFormed);
      }),
    );
  });

  it("leaves out what is null or its default, and keeps what it does not know", () => {
    const query = changeQuery("store=main&q=a&to=b&tab=partitions", parsers, {
      q: null,
      to: "",
      tab: "groups",
      hub: [],
    });
    expect(query).toBe("store=main&to=");
    expect(changeQuery("q=a", parsers, {})).toBe("q=a");
  });

  it("is the same object while its text is", () => {
    expect(read("hub=a,b").hub).toBe(read("hub=a,b&q=x").hub);
    expect(read("").hub).toBe(read("q=x").hub);
    expect(read("hub=a").hub).not.toBe(read("hub=a,b").hub);
  });

  it("is written as people read it", () => {
    expect(pathWith("/a?store=main", parsers, { hub: ["a", "b,c"], to: "x:y/z w", q: "#&=?%" })).toBe(
      "/a?store=main&hub=a,b%252Cc&to=x:y/z+w&q=%23%26%3D%3F%25",
    );
    expect(pathWith("/a", parsers, { q: "" })).toBe("/a");
  });

  it("is read on the server alike, the first of a key that is there twice", () => {
    expect(readSearch(parsers, { q: ["a", "b"], tab: "partitions", hub: undefined })).toEqual({
      ...initially,
      q: "a",
      tab: "partitions",
    });
  });
});
