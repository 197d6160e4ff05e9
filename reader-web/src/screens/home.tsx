// What to check, and whom the page trusts.

import type { Purpose, RevocationList } from 'coffret-web';
import type { ComponentChildren } from 'preact';

import { daysBetween } from '../format';
import { Info } from '../parts/icons';
import { Problem } from '../parts/reason';
import type { Home, Send } from '../state';
import type { Kept, Lists } from '../store';
import { usableOwn } from '../trust';
import { words, type Say, type Words } from '../words';
import type { View } from './page';

/** The purposes, as large buttons. */
export function HomeScreen({ state, screen, say, send }: View<Home>) {
  const { purposes } = state.catalogue;
  const [anyone, registered] = [purposes.filter((one) => !one.registered), purposes.filter((one) => one.registered)];
  return (
    <>
      <h1 tabIndex={-1}>{say(words.question)}</h1>
      <p class="lead">{say(words.how)}</p>
      {screen.problem && <Problem reason={screen.problem} say={say} />}
      <section aria-labelledby="anyone">
        <h2 id="anyone">{say(words.forAnyone)}</h2>
        <Purposes purposes={anyone} say={say} send={send} />
      </section>
      <section aria-labelledby="registered">
        <h2 id="registered">{say(words.forRegistered)}</h2>
        <p class="note">{say(words.forRegisteredNote)}</p>
        <Purposes purposes={registered} say={say} send={send}>
          <li>
            <button class="purpose other" onClick={() => send({ type: 'go', to: 'request' })}>
              <b>{say(words.otherRequest)}</b>
              <span>{say(words.otherRequestNote)}</span>
            </button>
          </li>
        </Purposes>
      </section>
      <section class="trust" aria-labelledby="trust">
        <Info />
        <div>
          <h2 id="trust">{say(words.trustHeading)}</h2>
          {trustLines(state.kept, state.now).map((line) => (
            <p key={line.en}>{say(line)}</p>
          ))}
          {state.kept.authorities.length === 0 && (
            <p>
              <button class="link" onClick={() => send({ type: 'go', to: 'settings' })}>
                {say(words.addThem)}
              </button>
            </p>
          )}
        </div>
      </section>
    </>
  );
}

/** How old the trust data are, and when the first of them ends that has not; that others have. */
export function trustAges({ authorities, lists }: Kept, now: number): Words[] {
  const [oldest] = authorities;
  if (oldest === undefined) return [words.onlySpecimens];
  const ends = authorities.flatMap(({ anchors }) => anchors.map(({ until }) => until));
  const toCome = ends.filter((end) => end > now);
  return [
    words.trustAge(daysBetween(oldest.added, now), toCome.length > 0 ? Math.min(...toCome) : null),
    ...(toCome.length < ends.length ? [words.authorityExpired] : []),
    ...(isStale(lists, now) ? [words.listStale] : []),
  ];
}

/** Whether the last list of an issuer is out of date, by what lists say of themselves: verdicts say which one counts. */
function isStale(files: Lists[], now: number): boolean {
  const lists = files.flatMap((file) => file.lists);
  const isFollowed = (list: RevocationList) =>
    lists.some(
      ({ issuer, issued, until }) =>
        issuer === list.issuer && issued >= list.issued && (until === null || until > now),
    );
  return lists.some((list) => list.until !== null && list.until <= now && !isFollowed(list));
}

function Purposes(list: { purposes: Purpose[]; say: Say; send: Send; children?: ComponentChildren }) {
  const { purposes, say, send, children } = list;
  return (
    <ul class="purposes">
      {purposes.map(({ id, label, document }) => (
        <li key={id}>
          <button class="purpose" onClick={() => send({ type: 'ask', request: { title: label, purpose: id } })}>
            <b>{say(label)}</b>
            <span>{say(document)}</span>
          </button>
        </li>
      ))}
      {children}
    </ul>
  );
}

function trustLines(kept: Kept, now: number): Words[] {
  const own = usableOwn(kept, now);
  return [
    ...trustAges(kept, now),
    own !== null ? words.signedAs(own.name) : kept.own !== null ? words.ownNotValid : words.unsigned,
  ];
}
