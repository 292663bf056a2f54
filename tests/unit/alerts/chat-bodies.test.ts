import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { slackBody, teamsBody } from "#lib/alerts/channels/chat-bodies.ts";
import { signature } from "#lib/alerts/channels/send.ts";
import { type AlertMessage, messageText } from "#lib/alerts/message.ts";
import { Secret } from "#lib/core/secret.ts";

const incident = {
  id: 7,
  ruleId: "stopped",
  severity: "critical",
  hub: "orders",
  fullyQualifiedNamespace: "contoso.servicebus.windows.net",
  eventHubName: "orders",
  store: "main",
  consumerGroup: "<!channel> *bill_ing*",
  since: "2026-03-02T14:30:00.000Z",
  openedAt: "2026-03-02T14:32:00.000Z",
  closedAt: null,
  summary: "It stopped.",
  worst: "It stopped.",
} as const;
const message: AlertMessage = {
  version: 1,
  event: "opened",
  incident,
  text: messageText("opened", incident),
  link: "https://tidemark.example/event-hubs/orders",
  sentBy: "tidemark",
};

it("keeps names from mentioning anybody or drawing links in Slack", () => {
  const body = JSON.stringify(slackBody(message));
  expect(body).not.toContain("<!channel>");
  expect(body).toContain("&lt;!channel&gt;");
  expect(body).toContain("https://tidemark.example/event-hubs/orders");
});

it("keeps names from being Markdown in Teams", () => {
  const body = JSON.stringify(teamsBody(message));
  expect(body).toContain(JSON.stringify("\\*bill\\_ing\\*").slice(1, -1));
  expect(body).toContain("AdaptiveCard");
});

it.each(["slack", "teams"] as const)(
  "keeps a name from making lines or links in %s, and readable",
  (kind) => {
    const consumerGroup =
      "a\r\nb\u2028c \u202ehttps://evil.example/x HTTP://e.example www.evil.example a@b.example";
    const named = { ...incident, consumerGroup };
    const asked = { ...message, incident: named, text: messageText("opened", named) };
    const { link: _, ...rest } = asked;
    const body = kind === "slack" ? slackBody({ ...rest, link: null }) : teamsBody({ ...rest, link: null });
    const texts = JSON.stringify(body).replaceAll("\\\\", "");
    expect(texts).toContain("a b c");
    for (const part of ["://", "www.evil", "a@b", "\u202e", "\u2028", "\\r"]) {
      expect(texts.replaceAll("http://adaptivecards.io", "")).not.toContain(part);
    }
    expect(texts.replaceAll("\u200b", "")).toContain("https://evil.example/x");
    // Slack only links what is written with its own marks.
    if (kind === "slack")
      expect(texts.match(/"mrkdwn"/g)).toEqual(
        texts.match(/"mrkdwn","verbatim":true/g)?.map(() => '"mrkdwn"'),
      );
  },
);

it("puts a message into one line, and keeps the name as it is in a webhook's own fields", () => {
  expect(messageText("opened", { ...incident, consumerGroup: "a\nb" })).toBe(
    "[critical] a b on orders: It stopped.",
  );
});

it("says first what happened to the incident, and of one that is over how bad it was", () => {
  const told = { ...incident, consumerGroup: "billing", worst: "It lost events." };
  expect(messageText("repeated", told)).toBe("Still [critical] billing on orders: It stopped.");
  expect(messageText("acknowledged", told)).toBe("Acknowledged [critical] billing on orders: It stopped.");
  expect(messageText("closed", told)).toBe(
    "Over [critical] billing on orders. At its worst: It lost events.",
  );
});

it("says in a test message that nothing is wrong", () => {
  const test: AlertMessage = {
    ...message,
    event: "test",
    incident: null,
    text: messageText("test", null),
    link: null,
  };
  expect(JSON.stringify(slackBody(test))).toContain("Nothing is wrong");
  expect(JSON.stringify(teamsBody(test))).toContain("Nothing is wrong");
});

it("signs the time and the body", () => {
  const at = 1_750_000_000_500;
  const digest = createHmac("sha256", "s".repeat(16)).update('1750000000.{"a":1}').digest("hex");
  expect(signature(new Secret("s".repeat(16)), '{"a":1}', at)).toEqual({
    "tidemark-signature": `t=1750000000,v1=${digest}`,
  });
  expect(signature(null, "{}", at)).toEqual({});
});
