import type { DatabaseAddress, Engine } from "./engine.ts";
import { migrate } from "./migrate.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

const closeWithinMs = 1_000;

/** The current database: opened and migrated at first use, and again after a loss. */
export class Database {
  readonly #address: DatabaseAddress;
  #opening: Promise<Engine> | null = null;
  #engine: Engine | null = null;

  constructor(address: DatabaseAddress) {
    this.#address = address;
  }

  get kind(): DatabaseAddress["kind"] {
    return this.#address.kind;
  }

  async engine(): Promise<Engine> {
    if (this.#engine?.isLost()) await this.close();
    this.#opening ??= this.#open();
    try {
      this.#engine = await this.#opening;
      return this.#engine;
    } catch (error) {
      this.#opening = null;
      throw error;
    }
  }

  /** After a failure: reopens an embedded database, whatever state its connection is in. */
  async failed(): Promise<void> {
    if (this.#engine?.kind === "sqlite") await this.close();
  }

  async close(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    this.#opening = null;
    if (engine === null) return;
    // A silent server must not delay a stop; its connections end with the process.
    const limit = new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref());
    await Promise.race([engine.close().catch(() => {}), limit]);
  }

  async #open(): Promise<Engine> {
    const engine =
      this.#address.kind === "sqlite" ? openSqlite(this.#address.folder) : openPostgres(this.#address.url);
    try {
      await migrate(engine);
      return engine;
    } catch (error) {
      await engine.close().catch(() => {});
      throw error;
    }
  }
}
