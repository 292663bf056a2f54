import { type Connection, types } from "../rhea.ts";

/** The number of fields of each performative, by descriptor (AMQP 1.0, part 2, section 2.7). */
const fieldCounts = new Map([
  [0x10, 10],
  [0x11, 8],
  [0x12, 14],
  [0x13, 11],
  [0x14, 11],
  [0x15, 6],
  [0x16, 3],
  [0x17, 1],
  [0x18, 1],
]);

const begin = { code: 0x11, handleMax: 4 };
const attach = { code: 0x12, properties: 13 };
const handleMax = 255;

interface Performative {
  value: unknown[];
  constructor: { descriptor?: { numeric?: number } };
}
interface FrameWriter {
  _write_frame(channel: number, performative?: Performative, payload?: Buffer): void;
}

/**
 * Writes every performative in full with trailing nulls, as the service does. The standard and rhea leave
 * them out, but Python's stack reads fields by index and expects `handle-max` in a begin and properties in an
 * attach.
 */
export function writeFullFrames(connection: Connection): void {
  const writer = connection as unknown as FrameWriter;
  const write = writer._write_frame.bind(connection);
  writer._write_frame = (channel, performative, payload) => {
    if (performative) complete(performative);
    write(channel, performative, payload);
  };
}

function complete(performative: Performative): void {
  const { value } = performative;
  const code = performative.constructor.descriptor?.numeric ?? 0;
  const count = fieldCounts.get(code) ?? 0;
  for (let index = 0; index < count; index++) value[index] ??= null;
  if (code === begin.code) value[begin.handleMax] ??= types.wrap_uint(handleMax);
  if (code === attach.code) value[attach.properties] ??= types.wrap_symbolic_map({});
}
