import { createHash, createPublicKey } from "node:crypto";
import { type HandlerRequest, hexFor } from "./handler.ts";
import { textOf } from "./properties.ts";

/**
 * The fingerprint that EC2 has for a key pair (EC2 User Guide, "Verify the fingerprint of your key pair"): of an
 * imported RSA key the MD5 of its DER form, of an ED25519 key the SHA-256 (localstack's test_keypair_create_import,
 * recorded 2024-08-12); of one that EC2 makes, twenty made-up bytes.
 */
export function fingerprintOf(request: HandlerRequest): string {
  const [kind, blob = ""] = textOf(request.properties, "PublicKeyMaterial").trim().split(/\s+/);
  const bytes = Buffer.from(blob, "base64");
  if (kind === "ssh-ed25519") return createHash("sha256").update(bytes).digest("base64");
  const der = kind === "ssh-rsa" ? derOf(bytes) : undefined;
  if (der) return pairs(createHash("md5").update(der).digest("hex"));
  return Array.from({ length: 20 }, (_, i) => hexFor(request, 2, `print ${i}`)).join(":");
}

const pairs = (hex: string) => (hex.match(/../g) ?? []).join(":");

/** An RSA key as DER, from the fields of RFC 4253 (6.6): its kind, exponent and modulus; `undefined` if it is none. */
function derOf(bytes: Buffer): Buffer | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    fields.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  const [, e, n] = fields.map((field) => field.toString("base64url"));
  if (e === undefined || n === undefined) return undefined;
  try {
    return createPublicKey({ key: { kty: "RSA", e, n }, format: "jwk" }).export({ type: "spki", format: "der" });
  } catch {
    return undefined;
  }
}
