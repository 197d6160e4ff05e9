// How a reading ended: a colour, an icon and words; beside the portrait only what was asked for.

import type { Element, Outcome, Reason, VerifiedDocument } from 'coffret-web';

import { Clock, Cross, Example, Info, Nothing, Tick } from '../parts/icons';
import { ReasonText } from '../parts/reason';
import type { Pictures } from '../pictures';
import type { Send, Verdict } from '../state';
import { verdictTitle, words, type Say, type Words } from '../words';
import { trustAges } from './home';
import type { View } from './page';

const ICONS = {
  accepted: Tick,
  unjudged: Info,
  specimen: Example,
  rejected: Cross,
  refused: Nothing,
  unanswered: Clock,
};

/** The verdict, on the whole screen. */
export function VerdictScreen(view: View<Verdict>) {
  const { screen, say } = view;
  const Icon = ICONS[screen.outcome.type];
  return (
    <div class="verdict">
      <div class="verdict-head">
        <Icon />
        <div>
          <h1 tabIndex={-1}>{say(verdictTitle(screen.outcome))}</h1>
          <p>{say(screen.request.title)}</p>
        </div>
      </div>
      <Body {...view} />
      <Actions {...view} />
      <Rest {...view} />
    </div>
  );
}

function Body({ screen: { outcome, pictures }, say, send }: View<Verdict>) {
  switch (outcome.type) {
    case 'accepted':
    case 'unjudged':
    case 'specimen':
      return <Answers {...{ outcome, pictures, say, send }} />;
    case 'rejected':
      return (
        <div class="card">
          <p class="lead">{say(words.rejectedMeans)}</p>
          <ul class="reasons">
            {outcome.reasons.map((reason, index) => (
              <Why key={index} reason={reason} say={say} />
            ))}
          </ul>
        </div>
      );
    case 'refused':
      return (
        <div class="card">
          <p class="lead">{say(words.refusedMeans)}</p>
        </div>
      );
    case 'unanswered':
      return (
        <div class="card" data-code={outcome.reason.code}>
          <ReasonText reason={outcome.reason} say={say} />
        </div>
      );
  }
}

type Answered = Extract<Outcome, { documents: VerifiedDocument[] }>;

function Answers({ outcome, pictures, say, send }: { outcome: Answered; pictures: Pictures; say: Say; send: Send }) {
  const { documents, missing } = outcome;
  const portrait = documents.flatMap(({ elements }) => elements).find(isPortrait);
  const seen = portrait !== undefined && pictures.get(portrait) !== 'undrawable';
  const hint = seen ? words.compare : words.noPortrait;
  return (
    <div class="card">
      <p class="lead">{say(outcome.type === 'specimen' ? words.specimenMeans : hint)}</p>
      <Unchecked {...{ documents, say }} />
      {documents.map((document, index) => (
        <Document key={index} {...{ document, pictures, say, send }} />
      ))}
      {missing.length > 0 && (
        <>
          <h2>{say(words.notShown)}</h2>
          <ul class="missing">
            {missing.map((what) => (
              <li key={what.en}>{say(what)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** What was not looked up stands beside the verdict, once however many documents it is about. */
function Unchecked({ documents, say }: { documents: VerifiedDocument[]; say: Say }) {
  const reasons = documents.flatMap(({ unchecked }) => unchecked);
  const each = reasons.filter((reason, at) => reasons.findIndex(({ code }) => code === reason.code) === at);
  if (each.length === 0) return null;
  return (
    <ul class="reasons unchecked">
      {each.map((reason) => (
        <Why key={reason.code} reason={reason} say={say} />
      ))}
    </ul>
  );
}

function Document(shown: { document: VerifiedDocument; pictures: Pictures; say: Say; send: Send }) {
  const { document, pictures, say, send } = shown;
  const portrait = document.elements.find(isPortrait);
  const others = document.elements.filter((element) => element !== portrait);
  return (
    <section class="document" aria-label={say(document.label)}>
      {portrait && (
        <div class="portrait" data-element={portrait.id}>
          <Image {...{ element: portrait, pictures, say, send }} />
          {portrait.unchecked.map((reason, index) => (
            <Open key={index} reason={reason} say={say} />
          ))}
        </div>
      )}
      <dl class="answers">
        {others.map((element, index) => (
          <div key={index} data-element={element.id}>
            <dt>
              {say(element.label)}
              {element.saidByDevice && <span class="by-device">{say(element.saidByDevice)}</span>}
            </dt>
            <dd class={element.no ? 'no' : undefined}>
              {element.image ? <Image {...{ element, pictures, say, send }} /> : say(element.text)}
            </dd>
            {element.no && <dd class="remark">{say(words.answerIsNo)}</dd>}
            {element.unchecked.map((reason, at) => (
              <dd key={at} class="beside">
                <Open reason={reason} say={say} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <p class="origin">{say(words.origin(document.issuer.place))}</p>
    </section>
  );
}

function Image({ element, pictures, say, send }: { element: Element; pictures: Pictures; say: Say; send: Send }) {
  const picture = pictures.get(element);
  if (picture === undefined) return null;
  if (picture === 'undrawable') return <p class="undrawable">{say(words.undrawable)}</p>;
  return <img src={picture.url} alt={say(element.label)} onError={() => send({ type: 'undrawable', element })} />;
}

/** What is left open of an element, beside it. */
function Open({ reason, say }: { reason: Reason; say: Say }) {
  return (
    <div class="open" data-code={reason.code}>
      <ReasonText reason={reason} say={say} />
    </div>
  );
}

function Why({ reason, say }: { reason: Reason; say: Say }) {
  const about = [reason.document, reason.element].flatMap((what) => (what === null ? [] : say(what)));
  return (
    <li data-code={reason.code}>
      {about.length > 0 && <p class="about">{about.join(' – ')}</p>}
      <ReasonText reason={reason} say={say} />
    </li>
  );
}

function Actions({ state, screen, say, send }: View<Verdict>) {
  const { outcome, forgetAt } = screen;
  const unanswered = outcome.type === 'unanswered';
  return (
    <div class="actions">
      <button class="main" onClick={() => send({ type: 'again' })}>
        {say(unanswered ? words.newCode : words.again)}
      </button>
      {forgetAt !== null && <button onClick={() => send({ type: 'longer' })}>{say(words.longer)}</button>}
      {unanswered ? (
        <button onClick={() => send({ type: 'go', to: 'home' })}>{say(words.home)}</button>
      ) : (
        <button onClick={() => send({ type: 'forget' })}>{say(words.forget)}</button>
      )}
      {forgetAt !== null && (
        <p role="timer">{say(words.forgetsIn(Math.max(0, Math.ceil((forgetAt - state.now) / 1000))))}</p>
      )}
    </div>
  );
}

function Rest({ state, screen: { outcome }, say }: View<Verdict>) {
  if (outcome.type === 'refused' || outcome.type === 'unanswered') return null;
  const documents = 'documents' in outcome ? outcome.documents : [];
  return (
    <div class="rest">
      {trustAges(state.kept, state.now).map((line) => (
        <p key={line.en}>{say(line)}</p>
      ))}
      {documents.map((document, index) => (
        <details key={index}>
          <summary>{say(words.details)}</summary>
          <dl>
            <Row name={words.whichDocument} value={say(document.label)} say={say} />
            <Row name={words.issuer} value={document.issuer.name ?? say(words.nameless)} say={say} />
            <Row name={words.authority} value={document.issuer.authority ?? say(words.nameless)} say={say} />
            <Row
              name={words.validity}
              value={say(words.fromUntil(document.validity.from, document.validity.until))}
              say={say}
            />
          </dl>
          {document.warnings.length > 0 && (
            <>
              <h2>{say(words.warnings)}</h2>
              <ul class="reasons">
                {document.warnings.map((reason, at) => (
                  <Why key={at} reason={reason} say={say} />
                ))}
              </ul>
            </>
          )}
        </details>
      ))}
    </div>
  );
}

function Row({ name, value, say }: { name: Words; value: string; say: Say }) {
  return (
    <div>
      <dt>{say(name)}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The catalogue's namespaces name it in these two ways. A device may say that any face is its holder's. */
function isPortrait({ id, image, saidByDevice }: Element): boolean {
  return image !== null && saidByDevice === null && (id === 'portrait' || id === 'portrait_small');
}
