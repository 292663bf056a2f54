import type { WildBlob } from "./wild-blobs.ts";

/** A blob with something wrong, and what of it must be told. */
export interface BrokenBlob {
  kind: string;
  blob: WildBlob;
  partitionId: string;
  /** A part of the sentence; null: the position is usable all the same, and is then `sequenceNumber`. */
  told: string | null;
  sequenceNumber: number | null;
}

type Metadata = Record<string, string>;

const inMetadata: [kind: string, metadata: Metadata, told: string | null, sequenceNumber?: number][] = [
  ["no metadata at all", {}, "it has no sequence number"],
  ["a blank sequence number", { sequencenumber: "", offset: "64" }, "it has no sequence number"],
  ["a word", { sequencenumber: "twelve", offset: "64" }, '"twelve" is not an integer'],
  ["a fraction", { sequencenumber: "1.5", offset: "64" }, '"1.5" is not an integer'],
  ["hexadecimal", { sequencenumber: "0x10", offset: "64" }, '"0x10" is not an integer'],
  ["an exponent", { sequencenumber: "1e3", offset: "64" }, '"1e3" is not an integer'],
  ["markup", { sequencenumber: "<script>", offset: "64" }, '"<script>" is not an integer'],
  ["past the safe integers", { sequencenumber: "9007199254740993", offset: "64" }, "out of range"],
  ["a thousand digits", { sequencenumber: "9".repeat(1_000), offset: "64" }, "out of range"],
  ["below the start", { sequencenumber: "-7", offset: "64" }, '"-7" is negative'],
  ["only an offset", { offset: "64" }, "it has no sequence number"],
  ["no offset", { sequencenumber: "41" }, null, 41],
  [".NET's no offset", { sequencenumber: "42", offset: "no offset" }, null, 42],
  ["an endless offset", { sequencenumber: "43", offset: "9".repeat(2_000) }, null, 43],
  ["keys in capitals", { SequenceNumber: "44", OFFSET: "2816" }, null, 44],
];

const host = (fields: object) => JSON.stringify({ Offset: "64", SequenceNumber: 1, Token: "", ...fields });

const inBody: [kind: string, body: string, told: string | null, sequenceNumber?: number][] = [
  ["an empty body", "", "it is empty"],
  ["blanks", "   \n", "it is empty"],
  ["cut JSON", '{"Offset":"64","Sequ', "its content is not JSON"],
  ["a list", "[1,2]", "not a JSON object"],
  ["null", "null", "not a JSON object"],
  ["XML", "<?xml version='1.0'?><lease/>", "its content is not JSON"],
  ["zeros", "\u0000".repeat(512), "its content is not JSON"],
  ["somebody else's JSON", '{"image":"cat.png"}', "nothing of a lease"],
  ["nested for ever", "[".repeat(30_000), "its content is not JSON"],
  ["larger than 64 KB", host({ Owner: "o".repeat(66_000) }), "larger than 64 KB"],
  ["a fraction in JSON", host({ SequenceNumber: 1.5 }), "is not an integer"],
  ["past the safe integers in JSON", '{"Offset":"64","SequenceNumber":9007199254740993}', "out of range"],
  ["an object for a number", host({ SequenceNumber: { $n: 1 } }), "is not an integer"],
  ["true for a number", host({ SequenceNumber: true }), "is not an integer"],
  ["negative in JSON", host({ SequenceNumber: -2 }), "is negative"],
  ["an offset alone in JSON", host({ SequenceNumber: null }), "an offset but no sequence number"],
  ["another partition's", host({ PartitionId: "31" }), 'of partition "31"'],
  ["names with underscores in capitals", '{"OFFSET":"64","SEQUENCE_NUMBER":"45"}', null, 45],
];

/** Thirty and more kinds, one a partition: those of the common format in the group `torn`, JSON in `frayed`. */
export function brokenBlobs(
  namespace: string,
  eventHub: string,
): { torn: BrokenBlob[]; frayed: BrokenBlob[] } {
  const folder = `${namespace}/${eventHub}`;
  return {
    torn: inMetadata.map(([kind, metadata, told, sequenceNumber = null], index) => ({
      kind,
      blob: { name: `${folder}/torn/checkpoint/${index}`, body: "", metadata, leased: false },
      partitionId: String(index),
      told,
      sequenceNumber,
    })),
    frayed: inBody.map(([kind, body, told, sequenceNumber = null], index) => ({
      kind,
      blob: { name: `${folder}/frayed/${index}`, body, metadata: {}, leased: false },
      partitionId: String(index),
      told,
      sequenceNumber,
    })),
  };
}

/** Blobs that are nobody's checkpoint, whatever they are called. */
export function strayBlobs(namespace: string, eventHub: string): WildBlob[] {
  const folder = `${namespace}/${eventHub}`;
  return [
    `${folder}/readme.txt`,
    `${folder}/g/checkpoint`,
    `${folder}/g/checkpoint/a/b`,
    `${folder}/g/snapshots/0`,
    `${folder}/g/007`,
    `${folder}/g/lease-0`,
    `${folder}-2/g/checkpoint/0`,
    `dapr-${eventHub}-0`,
    `dapr-${eventHub}2-g-0`,
    "0",
    "photos/1",
    "photos/cat?#%25.png",
  ].map((name) => ({
    name,
    body: '{"SequenceNumber":1,"Offset":"1"}',
    metadata: { offset: "1" },
    leased: false,
  }));
}
