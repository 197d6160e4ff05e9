// Files of certificates and keys, as people have them: PEM (RFC 7468), or the DER of one.

import { problems } from './problems';

/** More than the certificates of every authority in the world take, and all that the core takes of a list. */
const LARGEST = 1 << 20;

/** The text of a file in PEM; a file in DER becomes the PEM of a certificate. Throws a `Reason`. */
export async function pemOf(file: File): Promise<string> {
  const { bytes, text, isDer } = await contentOf(file);
  return isDer ? armoured(bytes) : text;
}

/** The private key in a file: the DER of its PKCS #8. Throws a `Reason`. */
export async function privateKeyOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes, text, isDer } = await contentOf(file);
  return isDer ? bytes : privateKeyIn(text);
}

function privateKeyIn(pem: string): Uint8Array<ArrayBuffer> {
  const body = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/.exec(pem)?.[1];
  if (body !== undefined) return decoded(body);
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)) throw problems.lockedKey;
  if (/-----BEGIN [A-Z]+ PRIVATE KEY-----/.test(pem)) throw problems.olderKey;
  throw problems.noKey;
}

/** What is in a file. Throws a `Reason`. */
export async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > LARGEST) throw problems.fileTooLarge;
  return new Uint8Array(await file.arrayBuffer());
}

async function contentOf(file: File) {
  const bytes = await bytesOf(file);
  const text = new TextDecoder().decode(bytes);
  // A SEQUENCE; text may begin with the same byte, before what is in PEM.
  return { bytes, text, isDer: bytes[0] === 0x30 && !text.includes('-----BEGIN ') };
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
