// Portraits and signatures: shown from memory by the address of a blob, wiped when the verdict is.

import type { Element, Outcome } from 'coffret-web';

/** The address of a picture, or that the browser cannot draw it. */
export type Picture = { url: string } | 'undrawable';

/** Each element that is a picture. */
export type Pictures = ReadonlyMap<Element, Picture>;

/** An address for each picture of an outcome, until it is wiped. */
export function picturesOf(outcome: Outcome): Pictures {
  const pictures = new Map<Element, Picture>();
  for (const element of elementsOf(outcome)) {
    if (element.image === null) continue;
    const { bytes, mediaType } = element.image;
    const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType });
    pictures.set(element, { url: URL.createObjectURL(blob) });
  }
  return pictures;
}

/** Revokes the addresses and fills what was read with zeros. */
export function wipe(outcome: Outcome, pictures: Pictures): void {
  for (const picture of pictures.values()) if (picture !== 'undrawable') URL.revokeObjectURL(picture.url);
  for (const element of elementsOf(outcome)) element.image?.bytes.fill(0);
}

function elementsOf(outcome: Outcome): Element[] {
  const read = outcome.type === 'accepted' || outcome.type === 'specimen' ? outcome.documents : [];
  return read.flatMap((document) => document.elements);
}
