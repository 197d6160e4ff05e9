// Whom the page trusts, and who it says it is: files that the operator chose, looked at by the core before they are kept.

import { authorities, Reader, revocation_lists, type Reason } from 'coffret-web';

import { DAY } from './format';
import { ownFrom } from './keys';
import { bytesOf, privateKeyOf } from './pem';
import { keepAuthorities, keepLists, keepOwn, kept, type Authority, type Kept, type Own } from './store';

/** What adding files came to. */
export interface Addition {
  added: Authority[];
  /** What was kept already, as it is kept. */
  known: Authority[];
  /** How many of the files hold revocation lists as well. */
  lists: number;
  /** Why certificates cannot be used that came with nothing new, so that no kept file says it. */
  unusable: Reason[];
}

/**
 * Keeps the authorities of these files that are not kept already, and the revocation lists beside them: whoever
 * publishes both in one file has said whom not to believe. Throws a `Reason`, and then none is.
 *
 * A certificate that is kept already stays as it is, in whatever file it comes again: what the operator has limited
 * would otherwise be trusted for every document, without a word.
 */
export async function addAuthorities(files: File[], now: number): Promise<Addition> {
  const brought = await Promise.all(files.map(authoritiesIn));
  const { authorities: before } = await kept();
  const seen = new Set(before.flatMap(idsOf));
  const again = new Set(brought.flatMap(({ anchors }) => anchors.map(({ id }) => id).filter((id) => seen.has(id))));
  const useless: Reason[] = [];
  const added = brought.flatMap(({ anchors, unusable }) => {
    const fresh = anchors.filter(({ id }) => !seen.has(id) && seen.add(id));
    const [first] = fresh;
    if (first === undefined) {
      useless.push(...unusable);
      return [];
    }
    const pem = fresh.map((anchor) => anchor.pem).join('');
    const shown = fresh.map(({ name, until }) => ({ name, until }));
    return [{ id: first.id, pem, anchors: shown, unusable, docType: null, added: now }];
  });
  const lists = brought.flatMap(({ lists }) => (lists === null ? [] : [{ ...lists, added: now }]));
  // In this order, an authority is never kept without them.
  await keepLists(lists);
  await keepAuthorities(added);
  const known = before.filter((authority) => idsOf(authority).some((id) => again.has(id)));
  return { added, known, lists: lists.length, unusable: useless };
}

/** Keeps the revocation lists of these files. Throws a `Reason`, and then none is. */
export async function addLists(files: File[], now: number): Promise<number> {
  const added = await Promise.all(
    files.map(async (file) => ({ ...revocation_lists(await bytesOf(file)), added: now })),
  );
  await keepLists(added);
  return added.length;
}

/** The reader's certificate and key of these files, kept once they have been seen to belong together. Throws a `Reason`. */
export async function addOwn(certificate: File, key: File, now: number): Promise<void> {
  const own = await ownFrom(await bytesOf(certificate), await privateKeyOf(key), now);
  await keepOwn(own);
}

/** The reader's certificate while it is valid: a wallet refuses one that is not, and not an unknown reader. */
export function usableOwn({ own }: Kept, now: number): Own | null {
  return own !== null && own.from <= now && now < own.until ? own : null;
}

/** Whether this is before something was kept, by more than clocks differ. */
export function isBefore({ authorities, lists, own }: Kept, now: number): boolean {
  return [...authorities, ...lists, ...(own === null ? [] : [own])].some(({ added }) => now < added - DAY);
}

/** A reader that trusts and is what is kept. To be freed. Throws a `Reason`. */
export function readerOf(all: Kept, now: number): Reader {
  const issuers = all.authorities.map(({ pem, docType }) => ({ pem, docTypes: docType ? [docType] : null }));
  return new Reader(
    issuers,
    all.lists.map(({ file }) => file),
    usableOwn(all, now)?.certificate,
  );
}

async function authoritiesIn(chosen: File) {
  const brought = authorities(await bytesOf(chosen));
  if (brought.anchors.length === 0) throw brought.unusable[0];
  return brought;
}

function idsOf({ pem }: Authority): string[] {
  return authorities(new TextEncoder().encode(pem)).anchors.map(({ id }) => id);
}
