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

it.each([
  ["Not at the target: partitions 0-3, 5, 9-12.", ["0-3", "9-12"]],
  ["ns/orders/billing/checkpoint/0-3,9-12: unused.", ["0-3", "9-12"]],
  ["Partition 9-12 is free now; new targets on 1022-1023", ["9-12", "1022-1023"]],
  ["since 2026-03-02 by worker-1-2 of 10.0.0.1-2, at 1-2-3, v1-2", []],
])("keeps each range of partitions in one piece: %s", (text, whole) => {
  const kept = [...html(text).matchAll(/<span class="whitespace-nowrap">(.*?)<\/span>/g)].map(
    ([, one]) => one,
  );
  expect(kept).toEqual(whole);
  expect(html(text).replaceAll(/<[^>]*>/g, "")).toBe(text);
});
