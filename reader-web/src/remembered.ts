// What the browser remembers between two openings of the page: the language and the camera that were chosen, when the
// page was renewed.

import { PLACE } from './place';
import type { Lang } from './words';

const LANGUAGE = `${PLACE} lang`;
const CAMERA = `${PLACE} camera`;
const RENEWAL = `${PLACE} renewal`;

/** The language to begin with: French, but where English was chosen or is the browser's first language. */
export function firstLanguage(): Lang {
  const chosen = recalled(LANGUAGE);
  if (chosen === 'fr' || chosen === 'en') return chosen;
  return /^en\b/i.test(navigator.languages[0] ?? '') ? 'en' : 'fr';
}

/** Remembers the language that was chosen. */
export const rememberLanguage = (lang: Lang): void => remember(LANGUAGE, lang);

/** The camera that was chosen; it may no longer be there. */
export const recalledCamera = (): string | null => recalled(CAMERA);

/** Remembers the camera that was chosen. */
export const rememberCamera = (id: string): void => remember(CAMERA, id);

/** When the page was last renewed; long ago where it never was. */
export const recalledRenewal = (): number => Number(recalled(RENEWAL) ?? 0);

/** Remembers that it was. */
export const rememberRenewal = (now: number): void => remember(RENEWAL, `${now}`);

// Where storage is refused, a choice lasts as long as what is on the screen.

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {}
}

function recalled(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
