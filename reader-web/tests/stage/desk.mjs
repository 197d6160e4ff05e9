// The operator's side of the counter: the page, and what is done to it by whoever sits before it.

import { textsOfPng } from '../film/decoder.mjs';
import { PURPOSES, WORDS } from './words.mjs';

/** A test that waits longer than this hangs. A busy computer may be slow: what is awaited is the event. */
const PATIENCE = 300_000;

export class Desk {
  /** What the page said to the console. */
  said = [];

  /**
   * A page in a browser that nobody has used yet.
   *
   * @param {import('playwright-core').Browser} browser
   * @param {import('playwright-core').BrowserContextOptions & { asked?: (request: import('playwright-core').Request) => void, before?: (page: import('playwright-core').Page) => Promise<void> }} [how]
   */
  static async open(browser, url, { asked, before, ...how } = {}) {
    // Wanting less motion, so that each frame of the code is there for long enough to be photographed.
    const looks = { locale: 'fr-CA', viewport: { width: 1100, height: 760 }, reducedMotion: 'reduce', ...how };
    const context = await browser.newContext(looks);
    context.setDefaultTimeout(PATIENCE);
    if (asked) context.on('request', asked);
    const desk = new Desk(context, await context.newPage());
    await before?.(desk.page);
    await desk.opens(url);
    return desk;
  }

  constructor(context, page) {
    this.context = context;
    this.page = page;
    page.on('console', (message) => this.said.push(message.text()));
    page.on('pageerror', (error) => this.said.push(`${error}`));
  }

  /** Opens the page, from whatever it was at. */
  async opens(url) {
    await this.page.goto(url);
    await this.at('home');
  }

  /**
   * Closes its windows. What the browser knows of them goes with the browser: a context that is closed while a
   * service worker begins can keep Chromium from ever answering (puppeteer's issue 11627).
   */
  async close() {
    await Promise.all(this.context.pages().map((page) => page.close()));
  }

  /** Waits until the page is at a screen. */
  at(screen) {
    return this.page.waitForSelector(`main[data-screen="${screen}"]`);
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  // What an operator sets once.

  /** Trusts the authorities in a file. */
  async trusts(file) {
    await this.button(WORDS.settings).click();
    await this.page.setInputFiles('#authority-files', file);
    await this.page.getByText(WORDS.authorityAdded).waitFor();
    await this.button(WORDS.back).click();
  }

  /** Trusts the only authority for this kind of document and no other. */
  async trustsFor(document) {
    await this.button(WORDS.settings).click();
    await this.page.getByLabel(WORDS.trustedFor).selectOption({ label: document });
    await this.page.getByText(WORDS.authorityLimited).waitFor();
    await this.button(WORDS.back).click();
  }

  /** Signs requests as the reader of an issuer's registry. */
  async signsAs(issuer) {
    await this.button(WORDS.settings).click();
    await this.page.setInputFiles('#own-certificate', issuer.file('reader.pem'));
    await this.page.setInputFiles('#own-key', issuer.file('reader.key'));
    await this.button(WORDS.useOwn).click();
    await this.page.getByText(WORDS.ownAdded).waitFor();
    await this.button(WORDS.back).click();
  }

  // What an operator does for each person.

  /** Asks for what a purpose needs, from the first screen; the code is shown. */
  async asks(purpose) {
    await this.page.getByRole('button', { name: PURPOSES[purpose] }).first().click();
    await this.#code().waitFor();
  }

  /** Asks for elements of a licence, by their names, and says whether they will be kept. */
  async asksFor(elements, { keep = false } = {}) {
    await this.page.getByRole('button', { name: WORDS.otherRequest }).click();
    for (const element of elements) {
      const group = this.page.locator('details', { has: this.page.getByLabel(element, { exact: true }) });
      if (!(await group.evaluate(({ open }) => open))) await group.locator('summary').click();
      await group.getByLabel(element, { exact: true }).check();
    }
    if (keep) await this.page.getByLabel(WORDS.keepYes).check();
    await this.page.getByRole('button', { name: /^Demander \d/ }).click();
    await this.#code().waitFor();
  }

  /** The frames of the code, as text. */
  async frames() {
    return (await this.#code().getAttribute('data-frames')).split(' ');
  }

  /**
   * The code as another camera sees it: a picture of each of its frames.
   *
   * @returns {Promise<Buffer[]>}
   */
  async photographs() {
    const frames = await this.frames();
    const pictures = new Map();
    while (pictures.size < frames.length) {
      const picture = await this.#code().screenshot();
      // Which of the frames it is of: the code may have changed meanwhile.
      const [text] = await textsOfPng(picture);
      if (frames.includes(text)) pictures.set(text, picture);
    }
    return [...pictures.values()];
  }

  /**
   * How the reading ended: the colour of the whole screen, what is written largest, the reasons, what is
   * shown, and whether pictures of it are drawn.
   */
  async verdict() {
    await this.at('verdict');
    const verdict = await this.page.evaluate(() => {
      const all = (selector) => [...document.querySelectorAll(`main ${selector}`)];
      const value = (row) => [row.dataset.element, row.querySelector('dd')?.textContent ?? ''];
      const said = all('.happened').map((sentence) => sentence.textContent);
      if (said.some((sentence) => sentence.trim() === '')) throw new Error('a reason without words');
      return {
        colour: getComputedStyle(document.documentElement).backgroundColor,
        title: document.querySelector('main h1').textContent,
        codes: all('[data-code]').map((reason) => reason.dataset.code),
        elements: Object.fromEntries(all('[data-element]').map(value)),
        portraits: all('[data-element] img').map(({ naturalWidth }) => naturalWidth > 0),
      };
    });
    return { ...verdict, colour: colourOf(verdict.colour) };
  }

  /** What is said beside what a document says. */
  remarks() {
    return this.page.evaluate(() => [...document.querySelectorAll('main dd.remark')].map((said) => said.textContent));
  }

  /** Erases the verdict. */
  async forgets() {
    await this.button(WORDS.forget).click();
    await this.at('home');
  }

  /** Is put away, in the way that an event says: what the page does about it, it does at once. */
  async leaves(event) {
    const screen = await this.page.evaluate((event) => {
      (event === 'pagehide' ? globalThis : document).dispatchEvent(new Event(event));
      return document.querySelector('main').dataset.screen;
    }, event);
    if (screen !== 'home') throw new Error(`after ${event} the page is at ${screen}`);
  }

  /** Gives the reading up. */
  async cancels() {
    await this.button(WORDS.cancel).click();
    await this.at('home');
  }

  /** Looks at another person's document for the same. */
  async again() {
    await this.button(WORDS.again).click();
    await this.#code().waitFor();
  }

  /** What is said to whoever listens, where it has these words. */
  status(words) {
    return this.page.getByRole('status').filter({ hasText: words });
  }

  /** Waits until this is said to whoever listens. */
  hears(words) {
    return this.status(words).waitFor({ state: 'attached' });
  }

  /** Waits until something is said to have gone wrong, by its number. */
  warns(number = 'CW-') {
    return this.page.getByRole('alert').filter({ hasText: number }).waitFor();
  }

  /** Changes to the other language. */
  async changesLanguage() {
    const language = () => this.page.locator('html').getAttribute('lang');
    const before = await language();
    await this.page.getByRole('button', { name: before === 'fr' ? 'English' : 'Français', exact: true }).click();
    await this.page.waitForSelector(`html[lang="${before === 'fr' ? 'en' : 'fr'}"]`);
  }

  // By the keyboard.

  /** Moves the focus forward until it is on the button of a name. */
  async reaches(name) {
    const named = (name) => document.activeElement?.matches('button') && document.activeElement.innerText.startsWith(name);
    for (let presses = 0; presses < 60; presses += 1) {
      await this.page.keyboard.press('Tab');
      if (await this.page.evaluate(named, name)) return;
    }
    throw new Error(`the keyboard does not reach ${name}`);
  }

  /** What the focus is on. */
  focused() {
    return this.page.evaluate(() => document.activeElement?.tagName);
  }

  /** How many times the code changes in a second of the page's clock, which is in the test's hands. */
  async turns() {
    const turns = await this.#code().evaluateHandle((code) => {
      const turns = { count: 0 };
      const observer = new MutationObserver(() => {
        turns.count += 1;
      });
      observer.observe(code, { subtree: true, attributes: true });
      return turns;
    });
    await this.page.clock.runFor(1000);
    return turns.evaluate(({ count }) => count);
  }

  /** How far the reading is. */
  async progress() {
    const screen = await this.page.locator('main').getAttribute('data-screen');
    return { screen, read: await this.page.evaluate(() => document.querySelector('progress').value) };
  }

  /** Waits until the page has been shown so many frames more of its camera. */
  async films(frames) {
    await this.page.waitForSelector('video');
    await this.page.evaluate(
      (frames) =>
        new Promise((resolve) => {
          const video = document.querySelector('video');
          const seen = () => video.getVideoPlaybackQuality().totalVideoFrames;
          const enough = seen() + frames;
          const look = () => (seen() < enough ? video.requestVideoFrameCallback(look) : resolve());
          look();
        }),
      frames,
    );
  }

  #code() {
    return this.page.getByRole('img', { name: WORDS.code });
  }
}

/** What people call a colour of the page. */
function colourOf(rgb) {
  const [red, green, blue] = rgb.match(/\d+/g).map(Number);
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 40) return 'grey';
  if (blue > Math.max(red, green)) return 'blue';
  if (green > red) return 'green';
  return green > red / 2 ? 'orange' : 'red';
}
