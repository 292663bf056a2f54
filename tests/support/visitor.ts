export interface Underway {
  cookie: string;
  callback: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  cookie: string;
}

let visitors = 0;

/** Signs in step by step, with every step's cookies visible. Each visitor has an address of its own. */
export class Visitor {
  readonly #base: string;
  readonly #address: string;

  constructor(base: string) {
    visitors += 1;
    this.#base = base;
    this.#address = `10.0.0.${visitors}`;
  }

  async ask(
    path: string,
    { cookie, ...headers }: Record<string, string> = {},
    method = "GET",
  ): Promise<Answer> {
    const response = await fetch(new URL(path, this.#base), {
      method,
      redirect: "manual",
      headers: { ...headers, "x-forwarded-for": this.#address, ...(cookie === undefined ? {} : { cookie }) },
    });
    const kept = response.headers.getSetCookie().map((text) => text.split(";", 1)[0] ?? "");
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      cookie: kept.filter((text) => !text.endsWith("=")).join("; "),
    };
  }

  async begin(): Promise<Underway> {
    const { headers, cookie } = await this.ask("/sign-in?return=/event-hubs/orders");
    const issuer = await fetch(headers.get("location") ?? "", { redirect: "manual" });
    return { cookie, callback: issuer.headers.get("location") ?? "" };
  }

  finish({ callback, cookie }: Underway): Promise<Answer> {
    return this.ask(callback, { cookie });
  }

  async signIn(): Promise<Answer> {
    return this.finish(await this.begin());
  }
}
