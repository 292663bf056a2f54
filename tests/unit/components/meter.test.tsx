import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Meter } from "#components/ui/meter.tsx";

it("a figure is faint beside no bar alone, since its contrast on a bar is too low", () => {
  const html = (share: number | null) => renderToStaticMarkup(<Meter text="1,800" share={share} faint />);
  expect(html(0.5)).toContain("bg-bar");
  expect(html(0.5)).not.toContain("text-faint");
  expect(html(null)).toContain("text-faint");
  expect(html(0)).toContain("text-faint");
});
