// Whom the page trusts, and who it says it is: files that the operator chose, looked at by the core before they are kept.

import { authorities, Reader } from 'coffret-web';

import { DAY } from './format';
import { ownFrom } from './keys';
import { pemOf, privateKeyOf } from './pem';
import { keepAuthorities, keepOwn, type Authority, type Kept, type Own } from './store';

/** The authorities of these files, kept. Throws a `Reason`, and then none is. */
export async function addAuthorities(files: File[], now: number): Promise<void> {
  const added = await Promise.all(files.map((file) => authorityOf(file, now)));
  await keepAuthorities(added);
}

/** The reader's certificate and key of these files, kept once they have been seen to belong together. Throws a `Reason`. */
export async function addOwn(certificate: File, key: File, now: number): Promise<void> {
  const own = await ownFrom(await pemOf(certificate), await privateKeyOf(key), now);
  await keepOwn(own);
}

/** The reader's certificate while it is valid: a wallet refuses one that is not, and not an unknown reader. */
export function usableOwn({ own }: Kept, now: number): Own | null {
  return own !== null && own.from <= now && now < own.until ? own : null;
}

/** Whether this is before something was kept, by more than clocks differ. */
export function isBefore({ authorities, own }: Kept, now: number): boolean {
  return [...authorities, ...(own === null ? [] : [own])].some(({ added }) => now < added - DAY);
}

/** A reader that trusts and is what is kept. To be freed. Throws a `Reason`. */
export function readerOf(kept: Kept, now: number): Reader {
  const issuers = kept.authorities.map(({ pem, docType }) => ({ pem, docTypes: docType ? [docType] : null }));
  return new Reader(issuers, usableOwn(kept, now)?.certificate);
}

async function authorityOf(file: File, now: number): Promise<Authority> {
  const { pem, anchors, unusable } = authorities(await pemOf(file));
  return { id: await digest(pem), pem, anchors, unusable, docType: null, added: now };
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
