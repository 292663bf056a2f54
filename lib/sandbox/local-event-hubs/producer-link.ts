import { messageTooLarge, messageUnreadable } from "./amqp-errors.ts";
import type { RequestCounts } from "./counters.ts";
import { decodeSent } from "./event-encoding.ts";
import type { LocalHub } from "./hub.ts";
import type { PartitionLog } from "./partition-log.ts";
import { type EventContext, inFull, type Receiver, receiveUndecoded, setAttach } from "./rhea.ts";

const maxMessageBytes = 1024 * 1024;

export function serveProducer(
  receiver: Receiver,
  { hub, partition }: { hub: LocalHub; partition: PartitionLog | null },
  counts: RequestCounts,
): void {
  setAttach(receiver, { max_message_size: maxMessageBytes });
  receiveUndecoded(receiver);
  counts.sendersAttached++;
  receiver.on("message", ({ message, delivery, format }: EventContext & { format?: number }) => {
    const encoded = message as unknown as Buffer;
    if (encoded.length > maxMessageBytes) {
      delivery?.reject(inFull(messageTooLarge(encoded.length, maxMessageBytes)));
      return;
    }
    try {
      const batch = decodeSent(encoded, format ?? 0);
      if (partition) partition.append(batch.events, Date.now());
      else hub.append(batch, Date.now());
      counts.eventsAccepted += batch.events.length;
      delivery?.accept();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      delivery?.reject(inFull(messageUnreadable(error.message)));
    }
  });
}
