import { findSource, findTarget, type Hubs } from "./addresses.ts";
import { writeFullFrames } from "./connection/full-frames.ts";
import { isRequestAddress, ReplyLinks, type RequestAddress } from "./connection/request-links.ts";
import { ConnectionRights, noRights } from "./connection/rights.ts";
import { takeTermini } from "./connection/termini.ts";
import { answerToken } from "./connection/tokens.ts";
import type { RequestCounts } from "./counters.ts";
import { answerManagement, type ManagementFaults } from "./management.ts";
import { serveProducer } from "./producer-link.ts";
import { ReaderLink } from "./reader-link.ts";
import {
  type AmqpError,
  type Connection,
  closeWith,
  type EventContext,
  type Receiver,
  type Sender,
  type Session,
} from "./rhea.ts";

/** Serves one client connection. Sender and receiver are rhea's words, from this end. */
export function serveConnection(
  connection: Connection,
  hubs: Hubs,
  counts: RequestCounts,
  faults: ManagementFaults,
): void {
  const replies = new ReplyLinks();
  const readers = new Map<Sender, ReaderLink>();
  const rights = new ConnectionRights((error) => {
    for (const reader of readers.values()) reader.detach(error);
    readers.clear();
  });
  counts.connections++;
  writeFullFrames(connection);

  function onReceiverOpen(receiver: Receiver): void {
    const address = addressOf(receiver.target);
    if (isRequestAddress(address)) {
      takeTermini(receiver);
      receiver.on("message", (context: EventContext) => answer(address, receiver, context));
      return;
    }
    const target = findTarget(hubs, address);
    if (target.error) {
      refuse(receiver, target.error);
      return;
    }
    takeTermini(receiver);
    serveProducer(receiver, target.found, counts);
  }

  function answer(address: RequestAddress, from: Receiver, { message, delivery }: EventContext): void {
    delivery?.accept();
    if (!message) return;
    if (address === "$cbs") {
      counts.tokens++;
      const { expiresAt, ...told } = answerToken(message, Date.now());
      if (expiresAt !== undefined) rights.extend(expiresAt);
      replies.reply(message, from, address, told);
    } else if (rights.hasEnded(Date.now())) {
      replies.reply(message, from, address, noRights);
    } else {
      const request: Record<string, unknown> = message.application_properties ?? {};
      replies.reply(message, from, address, answerManagement(hubs, request, counts, faults, Date.now()));
    }
  }

  function onSenderOpen(sender: Sender): void {
    const address = addressOf(sender.source);
    if (isRequestAddress(address)) {
      takeTermini(sender);
      replies.add(sender, address);
      return;
    }
    const source = findSource(hubs, address);
    if (source.error) {
      refuse(sender, source.error);
      return;
    }
    const { hub, group, partition } = source.found;
    const slots = hub.slots(group, partition.partitionId);
    const reader = new ReaderLink(sender, partition, slots, counts);
    const refusal = reader.open();
    if (refusal) {
      refuse(sender, refusal);
      return;
    }
    takeTermini(sender);
    readers.set(sender, reader);
  }

  function onSenderGone(sender: Sender, isClean = true): void {
    replies.remove(sender);
    readers.get(sender)?.close(isClean);
    readers.delete(sender);
  }

  connection.on(
    "receiver_open",
    (context: EventContext) => context.receiver && onReceiverOpen(context.receiver),
  );
  connection.on("sender_open", (context: EventContext) => context.sender && onSenderOpen(context.sender));
  connection.on("sender_close", (context: EventContext) => context.sender && onSenderGone(context.sender));
  connection.on("session_close", ({ session }: EventContext) => {
    for (const sender of readers.keys()) if (isOf(sender, session)) onSenderGone(sender);
  });
  const onGone = (isClean: boolean) => {
    rights.stop();
    for (const sender of readers.keys()) onSenderGone(sender, isClean);
  };
  connection.on("connection_close", () => onGone(true));
  connection.on("disconnected", () => onGone(false));
  // A client's reason for closing is no fault of this end.
  for (const event of ["sender_error", "receiver_error", "session_error", "connection_error"]) {
    connection.on(event, () => {});
  }
}

const isOf = (sender: Sender, session: Session | undefined): boolean => sender.session === session;

const addressOf = (terminus: unknown): string => {
  const address = (terminus as { address?: unknown } | null)?.address;
  return typeof address === "string" ? address : "";
};

/** Refuses with an attach without source and target, then a detach (AMQP 1.0, part 2, section 2.6.3). */
function refuse(link: Sender | Receiver, error: AmqpError): void {
  closeWith(link, error);
}
