// Whom the page trusts, and who it says it is: files that the operator chose, looked at by the core before they are kept.

import { authorities, Reader } from 'coffret-web';

import { ownFrom } from './keys';
import { pemOf } from './pem';
import { keepAuthorities, keepOwn, type Authority, type Kept, type Own } from './store';

/** The authorities of these files, kept. Throws a `Reason`, and then none is. */
export async function addAuthorities(files: File[], now: number): Promise<void> {
  const added = await Promise.all(files.map((file) => authorityOf(file, now)));
  await keepAuthorities(added);
}

/** The reader's certificate and key of these files, kept once they have been seen to belong together. Throws a `Reason`. */
export async function addOwn(certificate: File, key: File, now: number): Promise<void> {
  const own = await ownFrom(await pemOf(certificate), await pemOf(key), now);
  await keepOwn(own);
}

/** The reader's certificate while it can be used: a wallet refuses one that has expired, and not an unknown reader. */
export function usableOwn(kept: Kept, now: number): Own | null {
  return kept.own !== null && now < kept.own.until ? kept.own : null;
}

/** A reader that trusts and is what is kept. To be freed. Throws a `Reason`. */
export function readerOf(kept: Kept, now: number): Reader {
  const issuers = kept.authorities.map((authority) => authority.pem);
  return new Reader(issuers, usableOwn(kept, now)?.certificate);
}

async function authorityOf(file: File, now: number): Promise<Authority> {
  const pem = await pemOf(file);
  const { names, until, unusable } = authorities(pem);
  return { id: await digest(pem), pem, names, until, unusable, added: now };
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
