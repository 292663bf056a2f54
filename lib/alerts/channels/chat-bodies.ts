import type { AlertMessage } from "../message.ts";
import { facts } from "./facts.ts";

const marks = { info: "🔵", warning: "🟠", critical: "🔴" } as const;

function mark({ event, incident }: AlertMessage): string {
  if (event === "closed") return "🟢";
  return incident === null ? "⚪" : marks[incident.severity];
}

/** Both services make links of what looks like an address; a character of no width keeps it from that. */
const unlinked = (text: string) =>
  text.replaceAll(/(?<=[a-z]):(?=\/\/)|(?<=mailto):|(?<=www)\.|(?<=\w)@(?=\w)/gi, "$&\u200b");

// Slack's own three; a name could otherwise hold a link or call everybody.
const escapeSlack = (text: string) =>
  unlinked(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The body of a Slack incoming webhook: blocks, and the text that notifications show. */
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

// An adaptive card's text is Markdown: a backslash keeps a name from being read as such.
const escapeTeams = (text: string) =>
  unlinked(text)
    .replace(/([\\`*_{}[\]()#+!|<>~-])/g, "\\$1")
    .replace(/^(\d+)\./, "$1\\.");

/** The body of a Microsoft Teams workflow ("when a webhook request is received"): one adaptive card. */
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
