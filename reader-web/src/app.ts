// The page's one state, and what each event does to it.

import { document_types, purposes, type Outcome, type Reason } from 'coffret-web';

import { Encounter } from './encounter';
import { edited, requestOf } from './form';
import { load } from './load';
import { picturesOf, without, wipe } from './pictures';
import { asReason, problems } from './problems';
import type { Request } from './reading';
import { firstLanguage, recalledCamera, rememberCamera, rememberLanguage } from './remembered';
import {
  blankReading,
  blankRequest,
  OWN,
  SETTINGS,
  type Event,
  type Part,
  type ReadingScreen,
  type Screen,
  type Settings,
  type State,
  type Verdict,
} from './state';
import { heedOthers, keepAuthorities, kept, removeAuthority, removeLists, removeOwn } from './store';
import { addAuthorities, addLists, addOwn, isBefore, type Addition } from './trust';
import { verdictTitle, words, type Words } from './words';

/** How long a verdict is shown, and how much longer each time that this is asked for. */
const SHOWN_FOR = 60_000;

/** Clocks are put right by less. */
const SET_BACK = 5_000;

/** How long before its end who listens is told so (WCAG 2.2.1). */
const WARNED_BEFORE = 20_000;

/** The page: events go in, states come out to be drawn. */
export class App {
  readonly #draw: (state: State) => void;
  #state: State = {
    lang: firstLanguage(),
    now: Date.now(),
    catalogue: { purposes: [], documents: [] },
    kept: { authorities: [], lists: [], own: null },
    screen: { name: 'starting' },
    said: { politely: null, now: null },
  };
  #encounter: Encounter | null = null;
  #clock: number | undefined;
  /** Ahead of the time since the page was opened, when the screen was. */
  #clockIs = 0;
  #outdated = false;

  constructor(draw: (state: State) => void) {
    this.#draw = draw;
  }

  /** Loads what the page needs, then opens on what to check. */
  async start(): Promise<void> {
    this.#change({});
    try {
      await load();
      this.#change({ catalogue: { purposes: purposes(), documents: document_types() } });
    } catch (thrown) {
      return this.#open({ name: 'broken', problem: asReason(thrown) });
    }
    this.#open({ name: 'home', problem: await this.#recall() });
    heedOthers(() => void this.#recall());
  }

  /** The page is left, frozen, or kept aside by the browser: nothing of a person stays in it. */
  leave(): void {
    const { name } = this.#state.screen;
    if (name === 'reading' || name === 'verdict') this.#home();
  }

  /** The page is seen again: time has passed, and timers may not have run. */
  returned(): void {
    this.#tick();
    this.#encounter?.returned();
  }

  /** A newer version of the page is there: it is taken when nothing is lost by it. */
  renew(): void {
    this.#outdated = true;
    this.#reload();
  }

  #reload(): void {
    const { screen } = this.#state;
    if (this.#outdated && screen.name === 'home' && screen.problem === null) location.reload();
  }

  /** A way out of a reading. */
  escape(): void {
    if (this.#state.screen.name === 'reading') this.#home();
  }

  /** Something was done on the screen. */
  readonly send = (event: Event): void => {
    const { screen } = this.#state;
    switch (event.type) {
      case 'go':
        return this.#go(event.to);
      case 'language':
        rememberLanguage(event.lang);
        return this.#change({ lang: event.lang });
      case 'reload':
        return location.reload();
      case 'ask':
        return this.#ask(event.request);
    }
    switch (screen.name) {
      case 'request':
        if (event.type === 'ask-chosen') return this.#ask(requestOf(screen, this.#state.catalogue));
        return this.#change({ screen: edited(screen, event) });
      case 'reading':
        return this.#film(event);
      case 'verdict':
        return this.#judged(screen, event);
      case 'settings':
        return this.#set(screen, event);
    }
  };

  #go(to: 'home' | 'request' | 'settings'): void {
    const [document] = this.#state.catalogue.documents;
    if (to === 'settings') this.#open(SETTINGS);
    else if (to === 'request' && document !== undefined) this.#open(blankRequest(document.docType));
    else this.#home();
  }

  #home(problem: Reason | null = null): void {
    this.#open({ name: 'home', problem });
  }

  #ask(request: Request): void {
    try {
      if (isBefore(this.#state.kept, Date.now())) throw problems.clockBehind;
      const encounter = new Encounter(request, this.#state.kept, {
        changed: (change) => this.#read(change),
        ended: (outcome) => this.#judge(request, outcome),
        failed: (problem) => this.#home(problem),
      });
      this.#open(blankReading(request));
      this.#encounter = encounter;
      encounter.begin(recalledCamera());
    } catch (thrown) {
      const { screen } = this.#state;
      if (screen.name === 'request') this.#change({ screen: { ...screen, problem: asReason(thrown) } });
      else this.#home(asReason(thrown));
    }
  }

  #read(change: Partial<ReadingScreen>): void {
    const { screen, said } = this.#state;
    if (screen.name !== 'reading') return;
    const quarter = (progress: ReadingScreen['progress']) =>
      progress === null ? 0 : Math.floor((4 * progress.have) / progress.of);
    const read = { ...screen, ...change };
    const reached = quarter(read.progress);
    // Each frame would be too much to listen to.
    const politely = reached > quarter(screen.progress) ? words.percentRead(25 * reached) : said.politely;
    this.#change({ screen: read, said: { ...said, politely } });
  }

  #film(event: Event): void {
    if (event.type !== 'camera') return;
    if (event.id !== null) rememberCamera(event.id);
    void this.#encounter?.film(event.id ?? recalledCamera());
  }

  #judge(request: Request, outcome: Outcome): void {
    // Where nobody answered there is nothing to erase.
    const forgetAt = outcome.type === 'unanswered' ? null : Date.now() + SHOWN_FOR;
    this.#open(
      { name: 'verdict', request, outcome, pictures: picturesOf(outcome), forgetAt },
      { now: verdictTitle(outcome) },
    );
  }

  #judged(screen: Verdict, event: Event): void {
    switch (event.type) {
      case 'again':
        return this.#ask(screen.request);
      case 'forget':
        return this.#open({ name: 'home', problem: null }, { politely: words.forgotten });
      case 'longer': {
        const forgetAt = screen.forgetAt === null ? null : screen.forgetAt + SHOWN_FOR;
        return this.#change({ screen: { ...screen, forgetAt }, said: { politely: null, now: null } });
      }
      case 'undrawable':
        return this.#change({ screen: { ...screen, pictures: without(event.element, screen.pictures) } });
    }
  }

  #set(screen: Settings, event: Event): void {
    const idle = { ...screen, problem: null, done: null, removing: null };
    switch (event.type) {
      case 'own-certificate':
        return this.#change({ screen: { ...idle, certificate: event.file } });
      case 'own-key':
        return this.#change({ screen: { ...idle, key: event.file } });
      case 'remove':
        return this.#change({ screen: { ...idle, removing: event.what } });
      case 'keep-it':
        return this.#change({ screen: idle });
      case 'add-authorities': {
        const work = addAuthorities(event.files, Date.now());
        return void this.#keep('authorities', work, (addition) => this.#saidOf(addition));
      }
      case 'add-lists':
        return void this.#keep('lists', addLists(event.files, Date.now()), (count) => [words.listsAdded(count)]);
      case 'limit-authority': {
        const limited = { ...event.authority, docType: event.docType };
        return void this.#keep('authorities', keepAuthorities([limited]), () => [words.authorityLimited]);
      }
      case 'add-own':
        if (screen.certificate === null || screen.key === null) return;
        return void this.#keep('own', addOwn(screen.certificate, screen.key, Date.now()), () => [words.ownAdded]);
      case 'remove-really':
        if (screen.removing === null) return;
        if (screen.removing === OWN) return void this.#keep('own', removeOwn(), () => [words.removed]);
        return void this.#remove(screen.removing);
    }
  }

  #remove(id: string): Promise<void> {
    const isList = this.#state.kept.lists.some((lists) => lists.id === id);
    const removed = () => [words.removed];
    return isList
      ? this.#keep('lists', removeLists(id), removed)
      : this.#keep('authorities', removeAuthority(id), removed);
  }

  /** Waits for what changes what is kept, then says how that went. */
  async #keep<T>(part: Part, work: Promise<T>, done: (result: T) => Words[]): Promise<void> {
    let said: Words[] = [];
    const failed = await work.then((result) => void (said = done(result)), asReason);
    const reason = failed ?? (await this.#recall());
    const { screen } = this.#state;
    if (screen.name !== 'settings') return;
    if (reason === null) {
      const { certificate, key } = part === 'own' ? SETTINGS : screen;
      this.#change({ screen: { ...SETTINGS, certificate, key, done: { part, words: said } } });
    } else this.#change({ screen: { ...screen, removing: null, done: null, problem: { part, reason } } });
  }

  #saidOf({ added, known, lists, unusable }: Addition): Words[] {
    const { documents } = this.#state.catalogue;
    const said = known.map(({ anchors, docType }) => {
      const named = documents.find((document) => document.docType === docType)?.label;
      const limit = docType ? (named ?? { fr: docType, en: docType }) : words.anyDocument;
      return words.authorityKnown(anchors.map(({ name }) => name ?? words.nameless), limit);
    });
    said.push(...unusable.map(({ happened }) => words.unusableCertificate(happened)));
    if (lists > 0) said.unshift(words.listsAdded(lists));
    return added.length > 0 ? [words.authoritiesAdded(added.length), ...said] : said;
  }

  /** What is kept, as it now is; a reason where that cannot be known. */
  async #recall(): Promise<Reason | null> {
    try {
      this.#change({ kept: await kept() });
      return null;
    } catch (thrown) {
      return asReason(thrown);
    }
  }

  /** What the screen before had of a person goes with it. */
  #open(screen: Screen, said: Partial<State['said']> = {}): void {
    this.#encounter?.close();
    this.#encounter = null;
    const before = this.#state.screen;
    this.#change({ screen, said: { politely: null, now: null, ...said } });
    if (before.name === 'verdict') wipe(before.outcome, before.pictures);
    this.#countDown(screen);
    this.#reload();
  }

  #countDown(screen: Screen): void {
    clearInterval(this.#clock);
    this.#clockIs = Date.now() - performance.now();
    if (screen.name !== 'reading' && screen.name !== 'verdict') return;
    this.#clock = setInterval(() => this.#tick(), 1000);
  }

  #tick(): void {
    const { screen, said } = this.#state;
    const now = Date.now();
    if (screen.name !== 'verdict' || screen.forgetAt === null) return this.#change({ now });
    // By a clock that was set back it would be shown for longer.
    const setBack = now - performance.now() < this.#clockIs - SET_BACK;
    if (now >= screen.forgetAt || setBack) return this.send({ type: 'forget' });
    const soon = screen.forgetAt - now <= WARNED_BEFORE;
    this.#change({ now, said: soon ? { ...said, politely: words.forgetsSoon } : said });
  }

  #change(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change, now: Date.now() };
    this.#draw(this.#state);
  }
}
