import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

export const mailUser = { user: "tidemark", password: "a password of the mail server" };

export interface MailServer {
  port: number;
  mails: { recipients: string[]; isEncrypted: boolean; source: string }[];
  replies: number[];
}

/**
 * Starts a mail server that lets its user send, refuses recipients at `nowhere`, and offers STARTTLS when it
 * has a certificate.
 */
export async function startMailServer(tls: { key: string; cert: string } | null): Promise<MailServer> {
  const refusal = (responseCode: number) => Object.assign(new Error("refused"), { responseCode });
  const mail: MailServer = { port: 0, mails: [], replies: [] };
  const server = new SMTPServer({
    ...(tls ?? {}),
    logger: false,
    disableReverseLookup: true,
    disabledCommands: tls === null ? ["STARTTLS"] : [],
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === mailUser.user && password === mailUser.password) done(null, { user: username });
      else done(refusal(535));
    },
    onRcptTo: ({ address }, _session, done) =>
      done(address.endsWith("@nowhere.example") ? refusal(550) : null),
    onData: (stream, { envelope, secure }, done) => {
      void text(stream).then((source) => {
        const reply = mail.replies.shift() ?? 250;
        if (reply !== 250) return done(refusal(reply));
        const recipients = envelope.rcptTo.map(({ address }) => address);
        mail.mails.push({ recipients, isEncrypted: secure, source });
        return done(null);
      });
    },
  });
  // A client that trusts nobody ends the handshake, which some tests are about.
  server.on("error", () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  mail.port = (server.server.address() as AddressInfo).port;
  return mail;
}
