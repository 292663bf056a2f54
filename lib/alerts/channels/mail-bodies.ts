import { escaped } from "#lib/core/escaped.ts";
import { type AlertMessage, oneLine } from "../message.ts";
import { atMost, facts } from "./facts.ts";

const accents = { info: "#3b6fd4", warning: "#b45309", critical: "#b91c1c" } as const;
const mostSubject = 200;

export function mailSubject({ text }: AlertMessage): string {
  return atMost(oneLine(text), mostSubject);
}

export function mailText(message: AlertMessage): string {
  const told = facts(message).map(({ name, value }) => `${name}: ${value}`);
  const link = message.link === null ? [] : ["", message.link];
  return `${[message.text, "", ...told, ...link, "", "Sent by Tidemark."].join("\n")}\n`;
}

/** Uses tables and inline styles: mail programs support little else and load nothing from outside. */
export function mailHtml(message: AlertMessage): string {
  const { event, incident, link, text } = message;
  const accent = event === "closed" ? "#15803d" : accents[incident?.severity ?? "info"];
  const rows = facts(message).map(
    ({ name, value }) =>
      `<tr><td style="padding:2px 16px 2px 0;color:#667085;vertical-align:top">${escaped(name)}</td><td style="padding:2px 0">${escaped(value)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><body style="margin:0;padding:24px;font:14px/1.5 system-ui,-apple-system,Segoe UI,sans-serif;color:#1d2939;background:#ffffff">
<div style="border-left:4px solid ${accent};padding-left:16px">
<p style="margin:0 0 12px;font-size:16px;font-weight:600">${escaped(text)}</p>
<table role="presentation" cellpadding="0" cellspacing="0" style="font-size:14px">${rows.join("")}</table>
${link === null ? "" : `<p style="margin:16px 0 0"><a href="${escaped(link)}" style="color:#1d4ed8">Open in Tidemark</a></p>`}
</div>
</body></html>
`;
}
