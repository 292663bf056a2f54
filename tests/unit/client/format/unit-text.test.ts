import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { UnitText } from "#lib/client/format/unit-text.ts";

const html = (text: string) => renderToStaticMarkup(createElement(UnitText, { text }));
const whole = (text: string) => `<span class="whitespace-nowrap">${text}</span>`;

it("holds a number and its unit together, and nothing else", () => {
  expect(html("silent for 2 h 41 m, 50 % of it")).toBe(
    `silent for ${whole("2 h")} ${whole("41 m")}, ${whole("50 %")} of it`,
  );
  expect(html("≥ 1,200 s ago")).toBe(`${whole("≥ 1,200 s")} ago`);
  expect(html("partition 3 has 12 messages, 4 stores")).toBe("partition 3 has 12 messages, 4 stores");
});
