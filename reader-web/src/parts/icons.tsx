// Pictures that go with words and never stand alone: screen readers pass over them.

import type { JSX } from 'preact';

type Icon = () => JSX.Element;

/** The sign of Coffret: a strongbox. */
export const Sign: Icon = () => (
  <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
    <rect class="sign-box" x="2" y="2" width="28" height="28" rx="8" />
    <path class="sign-lid" d="M8 13.5V11a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v2.5" />
    <path class="sign-lid" d="M8 13.5h16V22a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2z" />
    <path class="sign-lid" d="m12.8 18.4 2.3 2.3 4.2-4.4" />
  </svg>
);

/** A tick in a circle. */
export const Tick: Icon = () => (
  <svg class="icon" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="20" />
    <path d="m14.5 24.5 6.5 6.5 12.5-13.5" />
  </svg>
);

/** A label that says that something is an example. */
export const Example: Icon = () => (
  <svg class="icon" viewBox="0 0 48 48" aria-hidden="true">
    <path d="M24 5 45 42H3z" />
    <path d="M24 18v12M24 35.5v.5" />
  </svg>
);

/** A cross in an octagon. */
export const Cross: Icon = () => (
  <svg class="icon" viewBox="0 0 48 48" aria-hidden="true">
    <path d="M16 4h16l12 12v16L32 44H16L4 32V16z" />
    <path d="m16.5 16.5 15 15m0-15-15 15" />
  </svg>
);

/** A bar in a circle. */
export const Nothing: Icon = () => (
  <svg class="icon" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="20" />
    <path d="M15 24h18" />
  </svg>
);

/** A clock. */
export const Clock: Icon = () => (
  <svg class="icon" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="20" />
    <path d="M24 12v12l8 6" />
  </svg>
);

/** An i in a circle. */
export const Info: Icon = () => (
  <svg class="icon" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="20" />
    <path d="M24 22v12M24 14v.5" />
  </svg>
);
