import type { Duplex } from "node:stream";
import rheaModule, {
  type Connection,
  type Container,
  type EventContext,
  type Message,
  type Receiver,
  type Sender,
  type Session,
} from "rhea";
import { passOverStrayFrames } from "./connection/stray-frames.ts";

export type { Connection, Container, EventContext, Message, Receiver, Sender, Session };

/** The module is a container instance; its typings lack that default export. */
const rhea = rheaModule as unknown as Container;
export const { types, message } = rhea;
export const createContainer = (options: Record<string, unknown>): Container =>
  rhea.create_container(options);

export interface AmqpError {
  condition: string;
  description: string;
}

/** A session's unsent deliveries. rhea has these counters, its typings don't. */
interface OutgoingState {
  next_delivery_id: number;
  next_pending_delivery: number;
  available(): number;
}

/** Events that `sender` may take now: the peer's credit less what waits in the session. */
export function sendingRoom(sender: Sender): number {
  const { credit, session } = sender as unknown as { credit: number; session: { outgoing: OutgoingState } };
  const waiting = session.outgoing.next_delivery_id - session.outgoing.next_pending_delivery;
  return Math.min(credit - waiting, session.outgoing.available());
}

/** Makes rhea write what `link` has to say, which it does not do by itself for a drain's answer. */
export function writeSoon(link: Sender): void {
  (link.connection as unknown as { _register(): void })._register();
}

export const settled = 1;

interface LocalLink {
  local: { attach: object };
}

/** Sets fields of our half of an attach. Works only before the `…_open` handler returns. */
export function setAttach(
  link: Sender | Receiver,
  fields: { snd_settle_mode?: 0 | 1; max_message_size?: number },
): void {
  Object.assign((link as unknown as LocalLink).local.attach, fields);
}

interface TransferFrame {
  performative: { handle: number; message_format?: number };
}
interface SessionFrames {
  on_transfer(frame: TransferFrame): void;
  _get_link(frame: TransferFrame): Sender | Receiver;
}

/** Not AMQP's 0, so that rhea passes on the bytes. */
const undecodedFormat = 1;

/**
 * Delivers single messages to `receiver` undecoded. Re-encoding would change them: an int to a uint, a uuid
 * to binary.
 */
export function receiveUndecoded(receiver: Receiver): void {
  const session = receiver.session as unknown as SessionFrames;
  const onTransfer = session.on_transfer.bind(session);
  session.on_transfer = (frame) => {
    if (!frame.performative.message_format && session._get_link(frame) === receiver) {
      frame.performative.message_format = undecodedFormat;
    }
    onTransfer(frame);
  };
}

export function acceptSocket(
  container: Container,
  socket: Duplex,
  options: Record<string, unknown>,
): Connection {
  const connection = container.create_connection(options as never);
  passOverStrayFrames(connection);
  (connection as unknown as { accept(socket: Duplex): void }).accept(socket);
  return connection;
}

/** With all three fields, since Python's stack reads the third without a check. */
export const inFull = (error: AmqpError): AmqpError & { info: object } => ({ ...error, info: {} });

export const closeWith = (link: Sender | Receiver, error: AmqpError): void => link.close(inFull(error));
