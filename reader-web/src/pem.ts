// Files as people have them. What the core reads it gets as it is; a private key, which it never has, is read here.

import { problems } from './problems';

/** More than the certificates of every authority in the world take, and all that the core takes of a list. */
const LARGEST = 1 << 20;

/** The private key in a file, PEM (RFC 7468) or DER: the DER of its PKCS #8. Throws a `Reason`. */
export async function privateKeyOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await bytesOf(file);
  const text = new TextDecoder().decode(bytes);
  // A SEQUENCE; text may begin with the same byte, before what is in PEM.
  const isDer = bytes[0] === 0x30 && !text.includes('-----BEGIN ');
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

function decoded(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    throw problems.noKey;
  }
}
