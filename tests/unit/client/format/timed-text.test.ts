import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { splitMoments, TimedText } from "#lib/client/format/timed-text.ts";

const html = (text: string) => renderToStaticMarkup(createElement(TimedText, { text }));

describe("a sentence of the API", () => {
  it("tells its moments in the zone, the wire's form a hover away", () => {
    const at = "2026-03-02T12:00:00.123Z";
    expect(html(`Written at ${at}, then again at 2026-03-02T12:05:00Z.`)).toBe(
      `Written at <time dateTime="${at}" data-at="${at}">2026-03-02 12:00:00 UTC</time>, then again at ` +
        `<time dateTime="2026-03-02T12:05:00Z" data-at="2026-03-02T12:05:00Z">2026-03-02 12:05:00 UTC</time>.`,
    );
  });

  it("tells those written in UTC in that zone as well", () => {
    expect(splitMoments("No checkpoint since 2026-01-15 12:00:04 UTC.")).toEqual([
      "No checkpoint since ",
      "2026-01-15T12:00:04Z",
      ".",
    ]);
  });

  it.each(["Nothing happened.", "2026-03-02", "at 2026-13-45T99:00:00Z", "x2026-03-02T12:00:00Z"])(
    "is left as it is without one: %j",
    (text) => expect(splitMoments(text)).toEqual([text]),
  );
});
