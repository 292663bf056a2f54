import { generate } from "selfsigned";

export interface LocalCertificate {
  tls: { key: string; cert: string };
  authority: string;
}

const days = 30;

/**
 * Makes an authority and a certificate for localhost, 127.0.0.1, ::1 and these names. Clients trust
 * `authority` by `NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE` and the like. Some TLS stacks, such as Rust's webpki,
 * refuse a server certificate that is its own authority.
 */
export async function makeCertificate(
  names: readonly string[] = [],
  now: Date = new Date(),
): Promise<LocalCertificate> {
  const notBeforeDate = new Date(now.getTime() - 3_600_000);
  const notAfterDate = new Date(now.getTime() + days * 86_400_000);
  const common = { keyType: "rsa", keySize: 2048, algorithm: "sha256", notBeforeDate, notAfterDate } as const;
  const authority = await generate([{ name: "commonName", value: "Tidemark local authority" }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
          ...names.map((value) => ({ type: 2 as const, value })),
        ],
      },
    ],
  });
  return {
    tls: { key: server.private, cert: `${server.cert.trim()}\n${authority.cert.trim()}\n` },
    authority: `${authority.cert.trim()}\n`,
  };
}
