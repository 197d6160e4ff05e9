// What the page keeps, in IndexedDB: the authorities that it trusts, its own certificate and key. Nothing of a person.
// Where the browser does not keep it, each function throws a `Reason`.

import type { Anchor, Identity, Reason, RevocationList } from 'coffret-web';

import { PLACE } from './place';
import { problems } from './problems';

/** A file of authorities, as it was added, without those that another file had brought before. */
export interface Authority {
  id: string;
  pem: string;
  anchors: Pick<Anchor, 'name' | 'until'>[];
  unusable: Reason[];
  /** The only type of document that they are trusted for; any where there is none, as in what older pages kept. */
  docType?: string | null;
  added: number;
}

/** The revocation lists of a file, and nothing else of it. */
export interface Lists {
  id: string;
  file: Uint8Array<ArrayBuffer>;
  lists: RevocationList[];
  added: number;
}

/** The reader's certificate with its key, which the browser uses and does not give back. */
export interface Own {
  certificate: string;
  name: string;
  from: number;
  until: number;
  curve: Identity['curve'];
  key: CryptoKey;
  added: number;
}

/** All that is kept. */
export interface Kept {
  authorities: Authority[];
  lists: Lists[];
  own: Own | null;
}

const AUTHORITIES = 'authorities';
const LISTS = 'lists';
const OWN = 'own';
/** The only record of its table. */
const ONLY = 'own';

/** The other windows of this page; none where the browser stores nothing for it. */
const windows = openedChannel();

/** Calls this when another window has changed what is kept. */
export function heedOthers(changed: () => void): void {
  if (windows !== null) windows.onmessage = changed;
}

/** What is kept, oldest first. */
export async function kept(): Promise<Kept> {
  const byAge = (a: { added: number }, b: { added: number }) => a.added - b.added;
  return within('readonly', async (table) => ({
    authorities: (await done<Authority[]>(table(AUTHORITIES).getAll())).sort(byAge),
    lists: (await done<Lists[]>(table(LISTS).getAll())).sort(byAge),
    own: (await done<Own | undefined>(table(OWN).get(ONLY))) ?? null,
  }));
}

/** Keeps authorities; those of the same id take the place of what was kept. */
export async function keepAuthorities(authorities: Authority[]): Promise<void> {
  await keepAll(AUTHORITIES, authorities);
}

/** Removes a file of authorities. */
export async function removeAuthority(id: string): Promise<void> {
  await within('readwrite', (table) => done(table(AUTHORITIES).delete(id)));
}

/** Keeps revocation lists; the same lists again take the place of the first. */
export async function keepLists(lists: Lists[]): Promise<void> {
  await keepAll(LISTS, lists);
}

/** Removes a file of revocation lists. */
export async function removeLists(id: string): Promise<void> {
  await within('readwrite', (table) => done(table(LISTS).delete(id)));
}

async function keepAll(name: string, records: object[]): Promise<void> {
  await within('readwrite', (table) => Promise.all(records.map((one) => done(table(name).put(one)))));
  askToPersist();
}

/** Keeps the reader's certificate and key, in the place of those before. */
export async function keepOwn(own: Own): Promise<void> {
  await within('readwrite', (table) => done(table(OWN).put(own, ONLY)));
  askToPersist();
}

/** Removes the reader's certificate and key. */
export async function removeOwn(): Promise<void> {
  await within('readwrite', (table) => done(table(OWN).delete(ONLY)));
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (table: (name: string) => IDBObjectStore) => Promise<T>,
): Promise<T> {
  const database = await open().catch(refuse);
  try {
    const transaction = database.transaction([AUTHORITIES, LISTS, OWN], mode);
    const committed = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const [result] = await Promise.all([work((name) => transaction.objectStore(name)), committed]);
    if (mode === 'readwrite') windows?.postMessage('changed');
    return result;
  } catch {
    return refuse();
  } finally {
    database.close();
  }
}

/** Browsers may ask the person, or refuse, and then erase what has not been used for long. */
function askToPersist(): void {
  navigator.storage.persist().catch(() => {});
}

function openedChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(PLACE);
  } catch {
    return null;
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(PLACE, 2);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      request.result.createObjectStore(AUTHORITIES, { keyPath: 'id' });
      request.result.createObjectStore(OWN);
    }
    request.result.createObjectStore(LISTS, { keyPath: 'id' });
  };
  return done(request);
}

function refuse(): never {
  throw problems.notKept;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
