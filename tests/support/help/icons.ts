import * as lucide from "lucide-react";
import { createElement, type FunctionComponent } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type IconName, iconNames } from "#components/ui/icons/icon-names.ts";

const drawn = lucide as unknown as Record<string, FunctionComponent>;

/** Each icon as a symbol. Colours and strokes are the page's, by the class `icon`. */
export function drawIcons(): string {
  const symbols = iconNames.map(
    (name) => `<symbol id="${name}" viewBox="0 0 24 24">${shapes(name)}</symbol>\n`,
  );
  return `<!-- Lucide (https://lucide.dev), ISC License, © Lucide Icons and Contributors -->
<svg xmlns="http://www.w3.org/2000/svg">
<title>Icons of Lucide</title>
${symbols.join("")}</svg>
`;
}

function shapes(name: IconName): string {
  const component = name.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase());
  const icon = drawn[component];
  if (icon === undefined) throw new Error(`Lucide has no icon "${name}".`);
  return renderToStaticMarkup(createElement(icon))
    .replace(/^<svg[^>]*>|<\/svg>$/g, "")
    .replace(/><\/\w+>/g, "/>");
}
