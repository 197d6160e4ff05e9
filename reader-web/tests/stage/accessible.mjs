// What axe-core finds on a screen, as it is and in every look that it can have.

import axe from 'axe-core';

const ALL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] };
const GRAVE = ['serious', 'critical'];

/** What is looked for in each theme: words change with the language, and only colours with the theme. */
const THEMES = { light: ALL, dark: { type: 'rule', values: ['color-contrast'] } };

/** A phone held upright, at 320 CSS pixels: also a laptop at 400 % (WCAG 1.4.10). */
const NARROW = { width: 320, height: 640 };

/**
 * Everything serious on a screen, in both languages and both themes, and where it is too wide.
 *
 * @param {import('./desk.mjs').Desk} desk
 */
export async function faults(desk) {
  const { page } = desk;
  const found = [];
  for (const language of ['fr', 'en']) {
    for (const [colorScheme, rules] of Object.entries(THEMES)) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await grave(page, rules)).map((fault) => `${language}, ${colorScheme}: ${fault}`));
    }
    found.push(...(await tooWide(page)).map((fault) => `${language}: ${fault}`));
    await desk.changesLanguage();
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

async function grave(page, runOnly) {
  // Not as a script of the page, which its policy forbids.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly }), runOnly);
  const faults = violations.filter(({ impact }) => GRAVE.includes(impact));
  return faults.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function tooWide(page) {
  const before = page.viewportSize();
  await page.setViewportSize(NARROW);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.setViewportSize(before);
  return wide > 0 ? [`${wide} pixels too wide at ${NARROW.width}`] : [];
}
