import type { Answer } from "./management.ts";
import { type Message, type Sender, types } from "./rhea.ts";

const requestAddresses = ["$cbs", "$management"] as const;
export type RequestAddress = (typeof requestAddresses)[number];

export const isRequestAddress = (address: string): address is RequestAddress =>
  (requestAddresses as readonly string[]).includes(address);

/** One connection's links for answers, by the names that requests give in `reply_to`. */
export class ReplyLinks {
  readonly #links = new Map<string, Sender>();

  /** A client names the link by its target's address or, where it gives none, by the link's own name. */
  add(sender: Sender): void {
    for (const name of this.#names(sender)) this.#links.set(name, sender);
  }

  remove(sender: Sender): void {
    for (const name of this.#names(sender)) {
      if (this.#links.get(name) === sender) this.#links.delete(name);
    }
  }

  /** Sends an answer to where the request wants it; does nothing where that link is gone. */
  reply(request: Message, { status, error, body }: Answer): void {
    const sender = this.#links.get(String(request.reply_to));
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

  #names(sender: Sender): string[] {
    const address = (sender.target as { address?: string } | null)?.address;
    return address ? [address, sender.name] : [sender.name];
  }
}
