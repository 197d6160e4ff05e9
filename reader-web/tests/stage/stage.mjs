// All that a reading takes: a page and who sits before it, a camera, a wallet, an issuer.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conditions, draw, frame, stills, toPng } from '../film.mjs';
import { answer } from './answers.mjs';
import { browse } from './browser.mjs';
import { Camera, develop } from './camera.mjs';
import { Desk } from './desk.mjs';
import { birthCertificate, healthCard, licence } from './documents.mjs';
import { Issuer } from './issuer.mjs';
import { portrait } from './portrait.mjs';
import { serve } from './site.mjs';
import { PICTURES, SITE } from './surroundings.mjs';
import { Wallet } from './wallet.mjs';

/** Bytes of the portrait on the licence: few, because each of them is filmed. */
const PORTRAIT = 6_000;

/** And of one as an authority makes it. */
const LARGE_PORTRAIT = 30_000;

/** By a hand that does not shake, which is sooner drawn. */
const STEADY = { shake: 0 };

/** How many of a round are the message itself, and one more; the others are for codes that are lost. */
const message = (round) => Math.floor(round.length / 2) + 1;

export class Stage {
  #folder;
  #origins = new Set();

  /** What every page asked the network for. */
  requests = [];

  /** And by which sockets it talked. */
  sockets = [];

  /** @param {{ switches?: string[] }} [how] what the browser is told beside what it always is */
  static async set({ switches = [] } = {}) {
    const stage = new Stage();
    try {
      await stage.#set(switches);
      return stage;
    } catch (error) {
      // A browser that is left behind keeps the tests from ending.
      await stage.strike();
      throw error;
    }
  }

  async #set(switches) {
    this.#folder = await mkdtemp(join(tmpdir(), 'coffret-reader-'));
    this.camera = new Camera(this.path('camera.y4m'));
    this.site = await serve(SITE);
    this.browser = await browse(this.camera, switches);
    this.issuer = await Issuer.make(this.path('issuer'));
    this.wallet = await Wallet.make(this.path('wallet'), this.issuer);
    this.desk = await this.open();
    await this.desk.trusts(this.issuer.file('iaca.pem'));
    await this.desk.signsAs(this.issuer);
    this.portrait = await portrait(this.desk.page, PORTRAIT);
    await this.wallet.hold(licence(this.portrait));
    await this.wallet.hold(healthCard());
    await this.wallet.hold(birthCertificate());
  }

  /** A place in the stage's own folder. */
  path(name) {
    return join(this.#folder, name);
  }

  /** Another wallet, with one document. */
  async walletWith(name, document) {
    const wallet = await Wallet.make(this.path(`wallet-${name}`), this.issuer);
    await wallet.hold(document);
    return wallet;
  }

  /** Another, with a portrait so large that the answer has 33 kB. */
  async largeWallet() {
    return this.walletWith('large', licence(await portrait(this.desk.page, LARGE_PORTRAIT)));
  }

  /** Another page, that trusts nobody yet. */
  async open(how, url = this.site.url) {
    const desk = await Desk.open(this.browser, url, { ...how, asked: (request) => this.#asked(request) });
    desk.page.on('websocket', (socket) => this.sockets.push(socket.url()));
    this.#origins.add(new URL(url).origin);
    return desk;
  }

  /** Whether an address is of a server of the page. */
  isOwn(url) {
    return url.startsWith('blob:') || this.#origins.has(new URL(url).origin);
  }

  /**
   * How a reading goes: at which desk, with which wallet, what the person approves; whether the phone
   * photographs the page's code or is given its text, drawn anew, in less time; how the answer is filmed.
   *
   * @typedef {object} How
   * @property {Desk} [desk]
   * @property {Wallet} [wallet]
   * @property {'all' | 'required' | 'none'} [approve]
   * @property {boolean} [photographed]
   * @property {'clean' | 'counter' | 'hard'} [preset]
   * @property {Partial<import('../film/conditions.mjs').Conditions>} [filmed]
   */

  /** A reading from the operator's choice to the verdict. @param {How} how */
  async reading(purpose, { desk = this.desk, ...how } = {}) {
    await desk.asks(purpose);
    return this.shown({ desk, ...how });
  }

  /** A wallet's answer to what is asked already. @param {How} how */
  async shown({ desk = this.desk, wallet = this.wallet, approve = 'required', photographed = false, ...film } = {}) {
    const code = photographed ? await desk.photographs() : await this.drawn(desk);
    this.show(await wallet.present(code, approve), film);
    return this.#judged(desk);
  }

  /** Pictures of the code that a desk shows, drawn anew: sooner than it is photographed. */
  async drawn(desk = this.desk) {
    return (await desk.frames()).map((text) => toPng(draw(text)));
  }

  /** One that no wallet of ours would give. @param {Pick<How, 'desk'>} how */
  async answered(what, { desk = this.desk } = {}) {
    const frames = await answer(what, await desk.frames(), this.issuer);
    this.#still(frames.slice(0, message(frames)).map((text) => draw(text)));
    return this.#judged(desk);
  }

  /** Shows pictures to the camera, over and over. @param {How} how */
  show(pictures, { preset, filmed = {} } = {}) {
    const shows = message(pictures);
    if (preset) this.camera.play(develop(pictures, { ...conditions(preset, STEADY), shows, ...filmed }));
    else this.#still(pictures.slice(0, shows));
  }

  #still(pictures) {
    this.camera.play(stills(pictures).map(frame));
  }

  async #judged(desk) {
    const verdict = await desk.verdict();
    this.camera.blank();
    return verdict;
  }

  /** Puts everything back to where a test begins, however the one before ended. */
  async clear() {
    this.camera.blank();
    await this.desk.opens(this.site.url);
  }

  /** A picture of the page for people to look at, where they are wanted. */
  async picture(name, desk = this.desk) {
    if (PICTURES) await desk.page.screenshot({ path: join(PICTURES, `reader-${name}.png`) });
  }

  #asked(request) {
    this.requests.push({ url: request.url(), method: request.method(), body: request.postData() });
  }

  async strike() {
    await this.browser?.close();
    await this.site?.close();
    this.camera?.close();
    await rm(this.#folder, { recursive: true });
  }
}
