interface SeenFrame {
  /** The code of its performative, such as 0x12 for attach (AMQP 1.0, part 2, section 2.7). */
  code: number;
  fields: number;
  content: Buffer;
}

const headerBytes = 8;
const amqpFrame = 0;

export function readFrames(received: Buffer): SeenFrame[] {
  const frames: SeenFrame[] = [];
  for (let at = 0; at + headerBytes <= received.length; ) {
    if (received.toString("ascii", at, at + 4) === "AMQP") {
      at += headerBytes;
      continue;
    }
    const size = received.readUInt32BE(at);
    if (at + size > received.length) break;
    const body = received.subarray(at + received.readUInt8(at + 4) * 4, at + size);
    if (received.readUInt8(at + 5) === amqpFrame && body.length > 0) {
      frames.push(readPerformative(body));
    }
    at += size;
  }
  return frames;
}

/** A described list: 0x00, a small ulong, then list0, list8 or list32. */
function readPerformative(body: Buffer): SeenFrame {
  const code = body.readUInt8(2);
  const type = body.readUInt8(3);
  if (type === 0x45) return { code, fields: 0, content: Buffer.alloc(0) };
  const isShort = type === 0xc0;
  const fields = isShort ? body.readUInt8(5) : body.readUInt32BE(8);
  return { code, fields, content: body.subarray(isShort ? 6 : 12) };
}
