import { describe, expect, it } from "vitest";
import { parseTheme } from "#lib/client/browser/theme.ts";
import { toCsv } from "#lib/client/format/csv.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { describeMoment, describeStretch } from "#lib/client/format/moment.ts";
import { consumerGroupPath } from "#lib/client/url/paths.ts";
import { nastyNames } from "#tests/support/worlds/fixture-world.ts";

describe("CSV", () => {
  it("quotes what would break a row, and leaves an unknown empty", () => {
    const text = toCsv(
      ["Group", "Lag"],
      [
        ['a "b", c', 12],
        ["two\nlines", null],
      ],
    );
    expect(text).toBe('Group,Lag\r\n"a ""b"", c",12\r\n"two\nlines",\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@x", "\tx"])("defuses the formula %j", (name) => {
    expect(toCsv(["n"], [[name]])).toContain(`'${name}`);
  });

  it("leaves negative figures alone", () => expect(toCsv(["n"], [[-1]])).toBe("n\r\n-1\r\n"));
});

describe("foreign names", () => {
  it("show marks that reverse the direction of text", () => {
    expect(showText("\u202Egnp.exe\u202C")).toBe("\uFFFDgnp.exe\uFFFD");
    expect(showText("a\u0000b\u200Bc")).toBe("a\uFFFDb\uFFFDc");
  });

  it("keep letters of any script and punctuation", () => {
    for (const name of ["مجموعة", "$Default", '<img src=x onerror="alert(1)">'])
      expect(showText(name)).toBe(name);
  });

  it("survive in an address", () => {
    for (const name of nastyNames) {
      const url = new URL(consumerGroupPath("a/b", name, "s&t"), "http://localhost");
      const [, , hub, , group] = url.pathname.split("/").map(decodeURIComponent);
      expect([hub, group, url.searchParams.get("store")]).toEqual(["a/b", name, "s&t"]);
    }
  });
});

describe("a moment", () => {
  it("is shown in UTC, local time and epoch", () => {
    const lines = describeMoment("2026-03-02T14:32:10.123Z").split("\n");
    expect(lines[0]).toBe("UTC  2026-03-02 14:32:10.123");
    expect(lines[1]).toMatch(/^Here {2}2026-03-0[123] \d\d:\d\d:10 \([+−]\d\d:\d\d\)$/);
    expect(lines[2]).toBe("Epoch  1772461930123 ms");
  });

  it("is shown unchanged when invalid", () => expect(describeMoment("soon")).toBe("soon"));
});

describe("a stretch of time", () => {
  const at = (text: string) => Date.parse(`${text}Z`);

  it("is shown in UTC and local time, with a shared day once", () => {
    const lines = describeStretch(at("2026-03-02T14:32:10"), at("2026-03-02T14:32:25")).split("\n");
    expect(lines[0]).toBe("UTC  2026-03-02 14:32:10 – 14:32:25");
    expect(lines[1]).toMatch(/^Here {2}2026-03-0[123] \d\d:\d\d:10 – .*:25 \([+−]\d\d:\d\d\)$/);
  });

  it("names both days when they differ", () => {
    expect(describeStretch(at("2026-03-02T18:00:00"), at("2026-03-03T06:00:00"))).toMatch(
      /^UTC {2}2026-03-02 18:00:00 – 2026-03-03 06:00:00\n/,
    );
  });
});

it("reads a theme from the cookie only if it is one", () => {
  expect(["light", "dark", "blue", undefined].map(parseTheme)).toEqual(["light", "dark", "system", "system"]);
});
