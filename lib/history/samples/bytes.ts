const lowBits = 0x80;

/** Writes bytes into a growing buffer. Whole numbers take 7 bits a byte, lowest first. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** 0 to the largest safe integer; bit operations would cut it at 32 bits. */
  whole(value: number): void {
    let rest = value;
    while (rest >= lowBits) {
      this.byte((rest % lowBits) + lowBits);
      rest = Math.floor(rest / lowBits);
    }
    this.byte(rest);
  }

  optional(value: number | null): void {
    this.whole(value === null ? 0 : value + 1);
  }

  signed(value: number): void {
    this.byte(value < 0 ? 1 : 0);
    this.whole(Math.abs(value));
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  framed(): Uint8Array {
    const head = new ByteWriter();
    head.whole(this.#length);
    const framed = new Uint8Array(head.#length + this.#length);
    framed.set(head.#bytes.subarray(0, head.#length));
    framed.set(this.#bytes.subarray(0, this.#length), head.#length);
    return framed;
  }
}

/** Reading past the end throws RangeError. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes;
    this.position = position;
  }

  get isAtEnd(): boolean {
    return this.position >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.position];
    if (value === undefined) throw new RangeError("A stored sample is cut off.");
    this.position += 1;
    return value;
  }

  whole(): number {
    let value = this.byte();
    if (value < lowBits) return value;
    value -= lowBits;
    for (let scale = lowBits; ; scale *= lowBits) {
      const next = this.byte();
      if (next < lowBits) return value + next * scale;
      value += (next - lowBits) * scale;
    }
  }

  optional(): number | null {
    const value = this.whole();
    return value === 0 ? null : value - 1;
  }

  signed(): number {
    const isNegative = this.byte() === 1;
    const value = this.whole();
    return isNegative && value !== 0 ? -value : value;
  }

  skipWholes(count: number): void {
    for (let left = count; left > 0; ) {
      if (this.byte() < lowBits) left -= 1;
    }
  }
}
