// Portraits and signatures: shown from memory by the address of a blob, wiped when the verdict is.

import { bitmap, type Element, type Outcome } from 'coffret-web';

/** The address of a picture, or that the browser cannot draw it. */
export type Picture = { url: string } | 'undrawable';

/** Each element that is a picture. */
export type Pictures = ReadonlyMap<Element, Picture>;

/** An address for each picture of an outcome, until it is wiped. */
export function picturesOf(outcome: Outcome): Pictures {
  const pictures = new Map<Element, Picture>();
  for (const element of elementsOf(outcome)) {
    if (element.image === null) continue;
    pictures.set(element, pictureOf(element.image));
  }
  return pictures;
}

function pictureOf({ bytes, mediaType }: NonNullable<Element['image']>): Picture {
  if (mediaType === 'image/jpeg') return shown(bytes, mediaType);
  const drawn = bitmapOf(bytes);
  if (drawn === undefined) return 'undrawable';
  const picture = shown(drawn, 'image/bmp');
  drawn.fill(0);
  return picture;
}

/** A picture over which the core breaks off must not cost the verdict. */
function bitmapOf(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return bitmap(bytes);
  } catch {
    return undefined;
  }
}

const shown = (bytes: Uint8Array, type: string): Picture => ({
  url: URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type })),
});

/** Pictures without one that the browser cannot draw. */
export function without(element: Element, pictures: Pictures): Pictures {
  revoke(pictures.get(element));
  return new Map(pictures).set(element, 'undrawable');
}

/** Revokes the addresses and fills what was read with zeros. */
export function wipe(outcome: Outcome, pictures: Pictures): void {
  for (const picture of pictures.values()) revoke(picture);
  for (const element of elementsOf(outcome)) element.image?.bytes.fill(0);
}

function revoke(picture: Picture | undefined): void {
  if (typeof picture === 'object') URL.revokeObjectURL(picture.url);
}

function elementsOf(outcome: Outcome): Element[] {
  const read = 'documents' in outcome ? outcome.documents : [];
  return read.flatMap((document) => document.elements);
}
