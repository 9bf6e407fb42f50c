import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** The key that encrypts the keys of the credentials. */
export interface MasterKey {
  bytes: Uint8Array;
  /** Tells keys apart without telling the key. */
  fingerprint: string;
}

const ivBytes = 12;
const tagBytes = 16;

/** Any text of enough chance as a key: the file's, or `SIGNALBOX_KEY`. */
export function masterKey(text: string): MasterKey {
  const bytes = new Uint8Array(hkdfSync("sha256", text, "", "signalbox credentials", 32));
  return { bytes, fingerprint: createHmac("sha256", bytes).update("fingerprint").digest("hex").slice(0, 32) };
}

/**
 * Seals a text under a key of its own, and that key under the master key (AES-256-GCM, 96-bit random IV each). `bound`
 * is what the sealed text belongs to: moved to another row it does not open.
 */
export function seal(text: string, bound: string, { bytes }: MasterKey): string {
  const own = randomBytes(32);
  const sealed = encrypt(Buffer.from(text), own, bound);
  return Buffer.concat([encrypt(own, bytes, bound), sealed]).toString("base64");
}

/** The text again. Throws where the key, the row or a single bit is another. */
export function unseal(sealed: string, bound: string, { bytes }: MasterKey): string {
  const all = Buffer.from(sealed, "base64");
  const ownLength = ivBytes + 32 + tagBytes;
  const own = decrypt(all.subarray(0, ownLength), bytes, bound);
  return decrypt(all.subarray(ownLength), own, bound).toString();
}

function encrypt(plain: Uint8Array, key: Uint8Array, bound: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(bound));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(sealed: Buffer, key: Uint8Array, bound: string): Buffer {
  const iv = sealed.subarray(0, ivBytes);
  const tag = sealed.subarray(sealed.length - tagBytes);
  const cipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(bound)).setAuthTag(tag);
  return Buffer.concat([cipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)), cipher.final()]);
}
