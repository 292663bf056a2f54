import { createTransport, type SMTPTransportOptions } from "nodemailer";
import type { AlertMessage } from "../message.ts";
import type { Delivery, EmailChannel, SendResult } from "./channel.ts";
import { incidentKeyOf } from "./facts.ts";
import { mailHtml, mailSubject, mailText } from "./mail-bodies.ts";

/** Covers the whole conversation: mail servers greet unknown clients slowly. */
const timeLimitMs = 30_000;

/**
 * Sends one mail to all recipients. The closing mail replies to the opening one, so that mail programs thread
 * them. A mail that is sent twice keeps its Message-ID.
 */
export async function sendEmail(
  channel: EmailChannel,
  message: AlertMessage,
  delivery: Delivery,
): Promise<SendResult> {
  const limit = AbortSignal.timeout(timeLimitMs);
  const domain = channel.from.slice(channel.from.lastIndexOf("@") + 1);
  const key = incidentKeyOf(message, delivery.id);
  const opening = `<${key}@${domain}>`;
  const isAnswer = message.event === "closed";
  const transport = createTransport(connection(channel));
  try {
    const { rejected } = await transport.sendMail({
      from: { name: "Tidemark", address: channel.from },
      to: [...channel.to],
      subject: mailSubject(message),
      text: mailText(message),
      html: mailHtml(message),
      messageId: isAnswer ? `<${key}.${message.event}@${domain}>` : opening,
      ...(isAnswer && { inReplyTo: opening, references: opening }),
      headers: { "Auto-Submitted": "auto-generated" },
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: delivery.abortSignal ? AbortSignal.any([limit, delivery.abortSignal]) : limit,
    });
    const refused = rejected.length;
    return refused === 0
      ? { result: "sent" }
      : { result: "sent", note: `The mail server refused ${refused} of ${channel.to.length} recipients.` };
  } catch (cause) {
    if (delivery.abortSignal?.aborted) return { result: "failed", error: "The dashboard was stopped." };
    return limit.aborted ? tooSlow : refusalOf(cause);
  } finally {
    transport.close();
  }
}

const tooSlow: SendResult = {
  result: "failed",
  error: `The mail server did not take the mail within ${timeLimitMs / 1000} s.`,
};

function connection({ host, port, security, user, password }: EmailChannel): SMTPTransportOptions {
  return {
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "startTls",
    ignoreTLS: security === "none",
    ...(user !== null && { auth: { user, pass: password?.reveal() ?? "" } }),
    connectionTimeout: timeLimitMs,
    greetingTimeout: timeLimitMs,
    socketTimeout: timeLimitMs,
  };
}

const steps: Record<string, string> = {
  EAUTH: "refused the user or the password",
  ENOAUTH: "refused the user or the password",
  EENVELOPE: "refused the sender or the recipients",
  EMESSAGE: "refused the mail",
};

/** Goes by codes alone: the server's text may repeat what was sent to it. */
function refusalOf(cause: unknown): SendResult {
  const { code, responseCode, message } = cause as {
    code?: unknown;
    responseCode?: unknown;
    message?: unknown;
  };
  const step = typeof code === "string" ? steps[code] : undefined;
  // Node reports a refused certificate as a socket error.
  if (code === "ETLS" || /certificate|altname/i.test(String(message))) {
    return { result: "failed", error: "The mail server offers no TLS, or none that can be trusted." };
  }
  if (typeof responseCode === "number") {
    const error = `The mail server ${step ?? "refused"} (${responseCode}).`;
    // RFC 5321, 4.2.1: 4yz is transient, 5yz permanent.
    return { result: responseCode >= 500 ? "rejected" : "failed", error };
  }
  return {
    result: "failed",
    error: `The mail server can't be reached${typeof code === "string" ? ` (${code})` : ""}.`,
  };
}
