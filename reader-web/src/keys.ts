// The reader's private key: WebCrypto has it, uses it, and does not give it back.

import { identity, type Identity } from 'coffret-web';

import { isNamed, problems } from './problems';
import type { Own } from './store';

type Curve = Identity['curve'];

const HASHES = { 'P-256': 'SHA-256', 'P-384': 'SHA-384', 'P-521': 'SHA-512' } as const;

/** The certificate of a file and the key that is its own, in PKCS #8. Throws a `Reason`. */
export async function ownFrom(file: Uint8Array, pkcs8: Uint8Array<ArrayBuffer>, now: number): Promise<Own> {
  const { pem: certificate, name, from, until, curve, spki } = identity(file);
  const key = await imported(pkcs8, curve);
  if (!(await belongTogether(key, spki, curve))) throw problems.otherKey;
  return { certificate, name, from, until, curve, key, added: now };
}

/** Signs each message, in their order: r ‖ s, or the 64 bytes of Ed25519. */
export function sign(own: Own, messages: Uint8Array[]): Promise<Uint8Array[]> {
  const signed = async (message: Uint8Array) =>
    new Uint8Array(await crypto.subtle.sign(signing(own.curve), own.key, new Uint8Array(message)));
  return Promise.all(messages.map(signed));
}

async function imported(der: Uint8Array<ArrayBuffer>, curve: Curve): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('pkcs8', der, key(curve), false, ['sign']);
  } catch (thrown) {
    throw isNamed(thrown, 'NotSupportedError') ? problems.unusedCurve : problems.otherKey;
  } finally {
    der.fill(0);
  }
}

async function belongTogether(own: CryptoKey, spki: Uint8Array, curve: Curve): Promise<boolean> {
  const nonce = crypto.getRandomValues(new Uint8Array(32));
  const theirs = await crypto.subtle.importKey('spki', new Uint8Array(spki), key(curve), false, ['verify']);
  const signature = await crypto.subtle.sign(signing(curve), own, nonce);
  return crypto.subtle.verify(signing(curve), theirs, signature, nonce);
}

function key(curve: Curve): AlgorithmIdentifier | EcKeyImportParams {
  return curve === 'Ed25519' ? curve : { name: 'ECDSA', namedCurve: curve };
}

function signing(curve: Curve): AlgorithmIdentifier | EcdsaParams {
  return curve === 'Ed25519' ? curve : { name: 'ECDSA', hash: HASHES[curve] };
}
