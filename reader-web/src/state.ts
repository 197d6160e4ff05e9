// All that the page shows is drawn from one `State`; all that happens to it is an `Event`.

import type { DocumentType, Element, Outcome, Purpose, Reason, Words } from 'coffret-web';

import type { Camera, Choice } from './camera';
import type { Pictures } from './pictures';
import type { CodePicture } from './qr';
import type { Request } from './reading';
import type { Authority, Kept } from './store';
import type { Lang } from './words';

/** What the page is at. */
export interface State {
  lang: Lang;
  /** By the second, while something is counted down. */
  now: number;
  catalogue: Catalogue;
  kept: Kept;
  screen: Screen;
  said: Said;
}

/** What can be asked for: the core's. */
export interface Catalogue {
  purposes: Purpose[];
  documents: DocumentType[];
}

/** What screen readers are told beside what is on the screen. */
export interface Said {
  /** When they have finished. */
  politely: Words | null;
  /** At once. */
  now: Words | null;
}

/** One screen, and all that it shows of its own. */
export type Screen = Starting | Broken | Home | RequestForm | ReadingScreen | Verdict | Settings;

/** The core and the decoder are being loaded. */
export interface Starting {
  name: 'starting';
}

/** They cannot be. */
export interface Broken {
  name: 'broken';
  problem: Reason;
}

/** What to check. */
export interface Home {
  name: 'home';
  problem: Reason | null;
}

/** A request of the operator's own. */
export interface RequestForm {
  name: 'request';
  docType: string;
  /** By `elementKey`. */
  chosen: ReadonlySet<string>;
  keep: boolean;
  problem: Reason | null;
}

/** The reader's code beside what the camera sees. */
export interface ReadingScreen {
  name: 'reading';
  request: Request;
  /** Nothing until the request is signed. */
  code: Shown | null;
  goodUntil: number | null;
  /** From when on the code is shown and nothing more is read. */
  since: number | null;
  /** When the camera last saw a code that does not answer this one. */
  strange: number | null;
  /** Fragments of the holder's code. */
  progress: { have: number; of: number } | null;
  camera: CameraState;
  cameras: Choice[];
}

/** The reader's code: its frames in turn. */
export interface Shown {
  frames: string[];
  pictures: CodePicture[];
  /** The frame that is shown. */
  turn: number;
}

/** What becomes of the camera. */
export type CameraState = { is: 'starting' } | { is: 'on'; camera: Camera } | { is: 'off'; problem: Reason };

/** How a reading ended. */
export interface Verdict {
  name: 'verdict';
  request: Request;
  outcome: Outcome;
  pictures: Pictures;
  /** When it is erased; never where it is about nobody. */
  forgetAt: number | null;
}

/** Authorities, the reader's certificate, the language, what the page is. */
export interface Settings {
  name: 'settings';
  /** What went wrong, and in which part. */
  problem: { part: Part; reason: Reason } | null;
  /** What was just done, and in which part. */
  done: { part: Part; words: Words[] } | null;
  /** What is to be removed, once that is confirmed: the id of an authority or of lists, or `OWN`. */
  removing: string | null;
  certificate: File | null;
  key: File | null;
}

/** The parts of the settings where something can be done. */
export type Part = 'authorities' | 'lists' | 'own';

/** What a person, or the browser for one, does to a screen. */
export type Event =
  | { type: 'go'; to: 'home' | 'request' | 'settings' }
  | { type: 'language'; lang: Lang }
  | { type: 'reload' }
  // Requests
  | { type: 'ask'; request: Request }
  | { type: 'document'; docType: string }
  | { type: 'element'; key: string; on: boolean }
  | { type: 'keep'; keep: boolean }
  | { type: 'ask-chosen' }
  // Reading
  | { type: 'camera'; id: string | null }
  // Verdict
  | { type: 'undrawable'; element: Element }
  | { type: 'again' }
  | { type: 'longer' }
  | { type: 'forget' }
  // Settings
  | { type: 'add-authorities'; files: File[] }
  | { type: 'add-lists'; files: File[] }
  | { type: 'limit-authority'; authority: Authority; docType: string | null }
  | { type: 'own-certificate'; file: File | null }
  | { type: 'own-key'; file: File | null }
  | { type: 'add-own' }
  | { type: 'remove'; what: string }
  | { type: 'keep-it' }
  | { type: 'remove-really' };

/** Takes events from screens. */
export type Send = (event: Event) => void;

/** What tells an element of a document from its others. */
export const elementKey = (element: { namespace: string; id: string }): string => `${element.namespace} ${element.id}`;

/** A request with nothing chosen yet. */
export const blankRequest = (docType: string): RequestForm => ({
  name: 'request',
  docType,
  chosen: new Set(),
  keep: false,
  problem: null,
});

/** A reading of which nothing is known yet. */
export const blankReading = (request: Request): ReadingScreen => ({
  name: 'reading',
  request,
  code: null,
  goodUntil: null,
  since: null,
  strange: null,
  progress: null,
  camera: { is: 'starting' },
  cameras: [],
});

/** The reader's certificate and key, among what can be removed. */
export const OWN = 'own';

/** The settings with nothing under way. */
export const SETTINGS: Settings = {
  name: 'settings',
  problem: null,
  done: null,
  removing: null,
  certificate: null,
  key: null,
};
