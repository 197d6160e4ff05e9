// The whole page: its head, the screen that it is at, what screen readers are told.

import type { Screen, Send, State } from '../state';
import { speaker, words, type Say } from '../words';
import { Sign } from '../parts/icons';
import { HomeScreen } from './home';
import { ReadingScreenView } from './reading';
import { RequestScreen } from './request';
import { SettingsScreen } from './settings';
import { BrokenScreen, StartingScreen } from './starting';
import { VerdictScreen } from './verdict';

/** What a screen is drawn from. */
export interface View<S extends Screen> {
  state: State;
  screen: S;
  say: Say;
  send: Send;
}

/** The page as `state` has it. */
export function Page({ state, send }: { state: State; send: Send }) {
  const { screen, said } = state;
  const say = speaker(state.lang);
  const outcome = screen.name === 'verdict' ? screen.outcome.type : undefined;
  const named = screen.name !== 'starting' && screen.name !== 'broken';
  return (
    <>
      <Head screen={screen} say={say} send={send} state={state} />
      <main data-screen={named ? screen.name : undefined} data-outcome={outcome}>
        <Current state={state} say={say} send={send} />
      </main>
      <div class="heard" role="status">
        {said.politely && say(said.politely)}
      </div>
      <div class="heard" role="alert">
        {said.now && say(said.now)}
      </div>
    </>
  );
}

function Head({ state: { lang }, screen, say, send }: View<Screen>) {
  const other = lang === 'fr' ? 'en' : 'fr';
  return (
    <header>
      <p class="brand">
        <Sign />
        <b>{say(words.app)}</b>
        <span>{say(words.role)}</span>
      </p>
      {screen.name === 'home' && (
        <button class="quiet" onClick={() => send({ type: 'go', to: 'settings' })}>
          {say(words.settings)}
        </button>
      )}
      <button class="quiet" lang={other} onClick={() => send({ type: 'language', lang: other })}>
        {say(words.otherLanguage)}
      </button>
    </header>
  );
}

function Current({ state, say, send }: { state: State; say: Say; send: Send }) {
  const { screen } = state;
  switch (screen.name) {
    case 'starting':
      return <StartingScreen say={say} />;
    case 'broken':
      return <BrokenScreen {...{ state, screen, say, send }} />;
    case 'home':
      return <HomeScreen {...{ state, screen, say, send }} />;
    case 'request':
      return <RequestScreen {...{ state, screen, say, send }} />;
    case 'reading':
      return <ReadingScreenView {...{ state, screen, say, send }} />;
    case 'verdict':
      return <VerdictScreen {...{ state, screen, say, send }} />;
    case 'settings':
      return <SettingsScreen {...{ state, screen, say, send }} />;
  }
}
