// Files of certificates and keys, as people have them: PEM (RFC 7468), or the DER of one certificate.

import { problems } from './problems';

/** More than the certificates of every authority in the world take. */
const LARGEST = 1 << 20;

/** The text of a file in PEM; a file in DER becomes the PEM of a certificate. Throws a `Reason`. */
export async function pemOf(file: File): Promise<string> {
  if (file.size > LARGEST) throw problems.fileTooLarge;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return isDer(bytes) ? armoured(bytes) : new TextDecoder().decode(bytes);
}

/** The DER of the private key in PKCS #8 among what is in `pem`. Throws a `Reason`. */
export function privateKeyIn(pem: string): Uint8Array<ArrayBuffer> {
  const body = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/.exec(pem)?.[1];
  if (body !== undefined) return decoded(body);
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)) throw problems.lockedKey;
  if (/-----BEGIN [A-Z]+ PRIVATE KEY-----/.test(pem)) throw problems.olderKey;
  throw problems.noKey;
}

/** DER begins with a SEQUENCE whose length takes more than a byte; no text in PEM does. */
function isDer(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) > 0x80;
}

function armoured(der: Uint8Array): string {
  const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(''));
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

function decoded(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    throw problems.noKey;
  }
}
