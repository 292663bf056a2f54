import type { AlertMessage } from "../message.ts";
import { facts } from "./facts.ts";

const marks = { info: "🔵", warning: "🟠", critical: "🔴" } as const;

function mark({ event, incident }: AlertMessage): string {
  if (event === "closed") return "🟢";
  return incident === null ? "⚪" : marks[incident.severity];
}

/** Both services turn anything that looks like an address into a link; a zero-width character prevents it. */
const unlinked = (text: string) =>
  text.replaceAll(/(?<=[a-z]):(?=\/\/)|(?<=mailto):|(?<=www)\.|(?<=\w)@(?=\w)/gi, "$&\u200b");

// The three characters that Slack reads. Unescaped, a name could hold a link or mention everybody.
const escapeSlack = (text: string) =>
  unlinked(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export function slackBody(message: AlertMessage): object {
  const text = escapeSlack(`${mark(message)} ${message.text}`).slice(0, 2_900);
  const fields = facts(message).map(({ name, value }) => ({
    type: "mrkdwn",
    verbatim: true,
    text: `*${name}*\n${escapeSlack(value)}`.slice(0, 1_900),
  }));
  return {
    text,
    blocks: [
      { type: "section", text: { type: "mrkdwn", verbatim: true, text } },
      ...(fields.length === 0 ? [] : [{ type: "section", fields }]),
      ...(message.link === null
        ? []
        : [
            {
              type: "actions",
              elements: [
                { type: "button", text: { type: "plain_text", text: "Open in Tidemark" }, url: message.link },
              ],
            },
          ]),
    ],
  };
}

// The text of an adaptive card is Markdown, so escape its marks.
const escapeTeams = (text: string) =>
  unlinked(text)
    .replace(/([\\`*_{}[\]()#+!|<>~-])/g, "\\$1")
    .replace(/^(\d+)\./, "$1\\.");

/** The body for a Microsoft Teams workflow ("when a webhook request is received"): one adaptive card. */
export function teamsBody(message: AlertMessage): object {
  const told = facts(message);
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            {
              type: "TextBlock",
              text: `${mark(message)} ${escapeTeams(message.text)}`,
              wrap: true,
              weight: "Bolder",
            },
            ...(told.length === 0
              ? []
              : [
                  {
                    type: "FactSet",
                    facts: told.map(({ name, value }) => ({ title: name, value: escapeTeams(value) })),
                  },
                ]),
          ],
          ...(message.link === null
            ? {}
            : { actions: [{ type: "Action.OpenUrl", title: "Open in Tidemark", url: message.link }] }),
        },
      },
    ],
  };
}
