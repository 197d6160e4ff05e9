// Where a person's attention goes: the focus, the title, the language of the document.

import type { Screen, State } from './state';
import { speaker, verdictTitle, words, type Words } from './words';

/** The screen before. */
let at: Screen['name'] = 'starting';

/** Draws a state, names the document after it, and keeps the focus where something can be done or read. */
export function attended(state: State, draw: () => void): void {
  const focused = document.activeElement;
  draw();
  const { lang, screen } = state;
  const say = speaker(lang);
  document.documentElement.lang = lang;
  document.title = `${say(title(screen))} – ${say(words.app)}`;
  // A page that opens leaves the focus where the browser puts it.
  const opened = screen.name !== at && at !== 'starting';
  if (opened) scrollTo(0, 0);
  // What has gone from the screen takes its focus along.
  const lost = focused?.isConnected === false && document.activeElement === document.body;
  if (opened || lost) document.querySelector('h1')?.focus({ preventScroll: true });
  at = screen.name;
}

function title(screen: Screen): Words {
  switch (screen.name) {
    case 'starting':
      return words.role;
    case 'broken':
      return words.cannotStart;
    case 'home':
      return words.role;
    case 'request':
      return words.requestTitle;
    case 'reading':
      return words.reading(screen.request.title);
    case 'verdict':
      return verdictTitle(screen.outcome);
    case 'settings':
      return words.settings;
  }
}
