import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escaped } from "#lib/core/escaped.ts";

const tokens = readFileSync(join(import.meta.dirname, "../../../app/tokens.css"), "utf8");

const style = `${tokens}
body{margin:0;background:var(--page);color:var(--ink);font:14px/1.5 system-ui,sans-serif}
main{box-sizing:border-box;max-width:29rem;margin:max(16px,16vh) auto 48px;padding:24px 28px 28px;background:var(--surface);border:1px solid var(--line);border-radius:12px}
header{display:flex;align-items:center;gap:8px;margin-bottom:24px;font-weight:600}
h1{font-size:20px;line-height:1.3;margin:0 0 8px;text-wrap:balance}
p{margin:0 0 12px;color:var(--muted);overflow-wrap:break-word;text-wrap:pretty}
b{color:var(--ink);font-weight:600}
@media(max-width:512px){main{margin:16px;padding:20px}}
nav{display:flex;flex-wrap:wrap;gap:8px;margin-top:20px}
a,button{font:inherit;color:var(--ink);background:var(--surface);border:1px solid var(--line-strong);border-radius:6px;padding:6px 14px;text-decoration:none;cursor:pointer}
.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}`;

const signOutScript = `document.querySelector("button").addEventListener("click",async()=>{
const answer=await fetch("/api/v1/sign-out",{method:"POST"});
location.assign(answer.ok?(await answer.json()).location:"/signed-out")})`;

type Paragraph = string | readonly (string | { strong: string })[];

export interface PlainPage {
  title: string;
  paragraphs: readonly Paragraph[];
  link?: { text: string; href: string };
  offersSignOut?: boolean;
}

/**
 * A page for those who may not see the dashboard, without its data or scripts. `nonce` is for the response's
 * policy.
 */
export function plainPage(
  { title, paragraphs, link, offersSignOut = false }: PlainPage,
  nonce: string,
): string {
  const links = [
    ...(link === undefined
      ? []
      : [`<a class="primary" href="${escaped(link.href)}">${escaped(link.text)}</a>`]),
    ...(offersSignOut ? ['<button type="button">Sign out</button>'] : []),
    '<a href="/help/sign-in">Help</a>',
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Tidemark</title>
<link rel="icon" href="/icons/unknown.svg">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<header><svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20"><rect width="20" height="20" rx="5" fill="#8fb0ff"/><path d="M0 10c2.5-2 5-2 7.5 0s5 2 7.5 0c1.7-1.3 3.4-1.8 5-1.3V15a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5z" fill="#2f5bea"/></svg>Tidemark</header>
<h1>${escaped(title)}</h1>
${paragraphs.map((text) => `<p>${written(text)}</p>`).join("\n")}
<nav aria-label="What to do">${links.join("")}</nav>
</main>
${offersSignOut ? `<script nonce="${nonce}">${signOutScript}</script>` : ""}
</body>
</html>
`;
}

function written(paragraph: Paragraph): string {
  return [paragraph]
    .flat()
    .map((part) => (typeof part === "string" ? escaped(part) : `<b>${escaped(part.strong)}</b>`))
    .join("");
}
