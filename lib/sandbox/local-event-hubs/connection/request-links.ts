import type { Answer } from "../management.ts";
import { type Message, type Receiver, type Sender, setAttach, settled, types } from "../rhea.ts";

const requestAddresses = ["$cbs", "$management"] as const;
export type RequestAddress = (typeof requestAddresses)[number];

export const isRequestAddress = (address: string): address is RequestAddress =>
  (requestAddresses as readonly string[]).includes(address);

interface ReplyLink {
  sender: Sender;
  address: RequestAddress;
  names: string[];
}

export class ReplyLinks {
  readonly #links = new Set<ReplyLink>();

  add(sender: Sender, address: RequestAddress): void {
    // Not every client settles answers; see ReaderLink.
    setAttach(sender, { snd_settle_mode: settled });
    const target = (sender.target as { address?: string } | null)?.address;
    this.#links.add({ sender, address, names: target ? [target, sender.name] : [sender.name] });
  }

  remove(sender: Sender): void {
    for (const link of this.#links) if (link.sender === sender) this.#links.delete(link);
  }

  /**
   * Sends an answer to the link named in the request. If none is named, as in Python, to the link for the
   * same address in the same session. Ignores links that are gone.
   */
  reply(request: Message, from: Receiver, address: RequestAddress, { status, error, body }: Answer): void {
    const sender = this.#find(request.reply_to, from, address);
    if (!sender?.is_open()) return;
    const properties: Record<string, unknown> = {
      "status-code": types.wrap_int(status),
      "status-description": error?.description ?? (status === 202 ? "Accepted" : "OK"),
    };
    if (error) properties["error-condition"] = types.wrap_symbol(error.condition);
    sender.send({
      correlation_id: request.message_id,
      application_properties: properties,
      body: body ?? {},
    } as unknown as Message);
  }

  #find(replyTo: string | undefined, from: Receiver, address: RequestAddress): Sender | undefined {
    const links = [...this.#links].reverse();
    const inSession = links.filter(({ sender }) => sender.session === from.session);
    const isMeant = (link: ReplyLink): boolean =>
      replyTo ? link.names.includes(replyTo) : link.address === address;
    return (inSession.find(isMeant) ?? (replyTo ? links.find(isMeant) : undefined))?.sender;
  }
}
