// The page begins here.

import { render } from 'preact';

import { App } from './app';
import { attended } from './attention';
import { keepOffline } from './offline';
import { Page } from './screens/page';

const root = document.getElementById('app') ?? document.body;
const app = new App((state) => attended(state, () => render(<Page state={state} send={app.send} />, root)));

addEventListener('pagehide', () => app.leave());
document.addEventListener('freeze', () => app.leave());
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) app.returned();
  // Pictures of the page that a system makes of what is put aside show nothing of a person.
  document.documentElement.classList.toggle('covered', document.hidden);
});
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') app.escape();
});

void app.start().then(() => keepOffline(() => app.renew()));
