// Numbers, dates and durations as people write them, by language.

import type { Lang } from './words';

const FRENCH = new Intl.DateTimeFormat('fr-CA', { dateStyle: 'long' });
const ENGLISH = new Intl.DateTimeFormat('en-CA', { dateStyle: 'long' });

/** `1er mars 2026`, `March 1, 2026`: the day where the page is. */
export const date: Record<Lang, (time: number) => string> = {
  fr: (time) => FRENCH.format(time).replace(/^1 /, '1er '),
  en: (time) => ENGLISH.format(time),
};

/** A number with its noun. French counts 0 in the singular, English in the plural. */
export const count: Record<Lang, (n: number, one: string, many: string) => string> = {
  fr: (n, one, many) => `${n}\u00a0${n < 2 ? one : many}`,
  en: (n, one, many) => `${n} ${n === 1 ? one : many}`,
};

/** `1 min 45 s`, alike in both languages. */
export function duration(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest}\u00a0s`;
  return rest === 0 ? `${minutes}\u00a0min` : `${minutes}\u00a0min ${rest}\u00a0s`;
}

/** Milliseconds in most days. */
export const DAY = 24 * 60 * 60 * 1000;

/** Days of the calendar from one time to another. */
export function daysBetween(from: number, to: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  // Rounded: a day in which clocks change has 23 or 25 hours.
  return Math.max(0, Math.round((midnight(to) - midnight(from)) / DAY));
}
