/** A blob as some client library leaves it behind. */
export interface WildBlob {
  name: string;
  body: string;
  metadata: Record<string, string>;
  /** The blob's own lease is held, as a running host does. */
  leased: boolean;
}

/** Where a position stands and who holds the partition. `sequenceNumber` null: made, and nothing read yet. */
export interface WildPosition {
  partitionId: string;
  sequenceNumber: number | null;
  offset?: string | null;
  owner?: string;
  leased?: boolean;
}

type Where = { namespace: string; eventHub: string; group: string };

const blob = (name: string, body: unknown, metadata: Record<string, string>, leased = false): WildBlob => ({
  name,
  body: typeof body === "string" ? body : JSON.stringify(body),
  metadata,
  leased,
});

const token = "00000000-0000-4000-8000-000000000000";
const offsetOf = ({ sequenceNumber, offset }: WildPosition) =>
  offset !== undefined ? offset : sequenceNumber === null ? null : String(sequenceNumber * 64);

/** Each layout, built as facts section 1 has it. */
export const wild = {
  /** JavaScript, .NET and Python lower-case the names; Java, Go (before autumn 2023) and Rust keep them. */
  common({ namespace, eventHub, group }: Where, at: WildPosition, lowerCase = true): WildBlob[] {
    const folder = `${namespace}/${eventHub}/${group}`;
    const tree = lowerCase ? folder.toLowerCase() : folder;
    const metadata = { sequencenumber: String(at.sequenceNumber), offset: offsetOf(at) ?? "" };
    return [
      blob(`${tree}/checkpoint/${at.partitionId}`, "", metadata),
      ...(at.owner === undefined
        ? []
        : [blob(`${tree}/ownership/${at.partitionId}`, "", { ownerid: at.owner })]),
    ];
  },

  dotnetHost(folder: string, at: WildPosition): WildBlob {
    const body = {
      Offset: offsetOf(at),
      SequenceNumber: at.sequenceNumber ?? 0,
      PartitionId: at.partitionId,
      Owner: at.owner ?? "",
      Token: at.leased ? token : "",
      Epoch: 386,
    };
    return blob(`${folder}/${at.partitionId}`, body, at.owner ? { OWNINGHOST: at.owner } : {}, at.leased);
  },

  javaHost(folder: string, at: WildPosition): WildBlob {
    const offset = offsetOf(at);
    const body = {
      ...(offset === null ? {} : { offset }),
      sequenceNumber: at.sequenceNumber ?? 0,
      token: at.leased ? token : "",
      epoch: 3,
      partitionId: at.partitionId,
      owner: at.owner ?? "",
    };
    return blob(`${folder}/${at.partitionId}`, body, {}, at.leased);
  },

  pythonHost(folder: string, at: WildPosition): WildBlob {
    const body = {
      partition_id: at.partitionId,
      sequence_number: String(at.sequenceNumber ?? 0),
      owner: at.owner ?? "",
      token: at.leased ? token : "",
      epoch: 4,
      offset: offsetOf(at),
    };
    return blob(`${folder}/${at.partitionId}`, body, {}, at.leased);
  },

  /** Azure Functions before extension 5. */
  functions({ namespace, eventHub, group }: Where, at: WildPosition): WildBlob {
    return wild.dotnetHost(`${namespace.toLowerCase()}/${eventHub.toLowerCase()}/${group}`, at);
  },

  go3(prefix: string, at: WildPosition): WildBlob {
    return blob(`${prefix}${at.partitionId}`, goBody(at), {}, at.leased);
  },

  dapr({ eventHub, group }: Where, at: WildPosition): WildBlob {
    return blob(`dapr-${eventHub}-${group}-${at.partitionId}`, goBody(at), {}, at.leased);
  },
};

function goBody(at: WildPosition): object {
  const checkpoint = {
    offset: offsetOf(at),
    sequenceNumber: at.sequenceNumber,
    enqueueTime: "2026-01-15T11:59:58.123Z",
  };
  return {
    partitionID: at.partitionId,
    epoch: 3,
    owner: at.owner ?? "",
    ...(at.sequenceNumber === null ? {} : { checkpoint }),
    state: at.leased ? "leased" : "available",
    token: at.leased ? token : "",
  };
}
