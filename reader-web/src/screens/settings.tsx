// Authorities, the reader's own certificate, the language, what the page is.

import type { DocumentType, RevocationList } from 'coffret-web';
import { Fragment } from 'preact';

import { FileButton } from '../parts/file-button';
import { Problem } from '../parts/reason';
import { OWN, type Part, type Send, type Settings } from '../state';
import type { Authority, Own } from '../store';
import { words, type Lang, type Say, type Words } from '../words';
import type { View } from './page';

/** The version of the build. */
declare const VERSION: string;

const CERTIFICATES = '.pem,.crt,.cer,.der,application/x-pem-file,application/pkix-cert,application/x-x509-ca-cert';
const LISTS = '.crl,.pem,.der,application/pkix-crl,application/x-pkcs7-crl,application/x-pem-file';
const KEYS = '.pem,.key,.der,.p8,application/x-pem-file,application/pkcs8';

/** The settings. */
export function SettingsScreen(view: View<Settings>) {
  const { say, send } = view;
  return (
    <>
      <div class="top">
        <h1 tabIndex={-1}>{say(words.settings)}</h1>
        <button onClick={() => send({ type: 'go', to: 'home' })}>{say(words.back)}</button>
      </div>
      <Authorities {...view} />
      <RevocationLists {...view} />
      <OwnCertificate {...view} />
      <Language {...view} />
      <About say={say} />
    </>
  );
}

function Authorities({ state, screen, say, send }: View<Settings>) {
  const { authorities } = state.kept;
  return (
    <section class="panel" aria-labelledby="authorities">
      <h2 id="authorities">{say(words.authorities)}</h2>
      <p class="note" id="authorities-note">
        {say(words.authoritiesNote)}
      </p>
      {authorities.length === 0 ? (
        <p>{say(words.noAuthorities)}</p>
      ) : (
        <ul class="kept">
          {authorities.map((authority) => (
            <li key={authority.id}>
              <div>
                <AuthorityText authority={authority} now={state.now} say={say} />
                <TrustedFor authority={authority} documents={state.catalogue.documents} say={say} send={send} />
              </div>
              <Removal
                what={authority.id}
                name={joined(authority.anchors.map(({ name }) => name), say)}
                removing={screen.removing}
                say={say}
                send={send}
              />
            </li>
          ))}
        </ul>
      )}
      <Result part="authorities" screen={screen} say={say} />
      <FileButton
        id="authority-files"
        label={say(words.chooseAuthorities)}
        accept={CERTIFICATES}
        multiple
        describedBy="authorities-note"
        chosen={(files) => send({ type: 'add-authorities', files })}
      />
    </section>
  );
}

function AuthorityText({ authority, now, say }: { authority: Authority; now: number; say: Say }) {
  const { added, anchors, unusable } = authority;
  return (
    <div>
      {anchors.map(({ name, until }, index) => (
        <Fragment key={index}>
          <p class="name">{name ?? say(words.nameless)}</p>
          <p class="note">
            {say(words.added(added))}, {say(until <= now ? words.expiredOn(until) : words.until(until))}
          </p>
        </Fragment>
      ))}
      {unusable.length > 0 && (
        <details>
          <summary>{say(words.unusable(unusable.length))}</summary>
          <ul class="reasons">
            {unusable.map((reason, index) => (
              <li key={index} data-code={reason.code}>
                {say(reason.happened)} <span class="quote">{reason.number}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Of which documents its signers are believed. */
function TrustedFor(trusted: { authority: Authority; documents: DocumentType[]; say: Say; send: Send }) {
  const { authority, documents, say, send } = trusted;
  return (
    <label class="trusted-for">
      {say(words.trustedFor)}{' '}
      <select
        value={authority.docType ?? ''}
        onChange={({ currentTarget }) =>
          send({ type: 'limit-authority', authority, docType: currentTarget.value || null })
        }
      >
        <option value="">{say(words.anyDocument)}</option>
        {documents.map(({ docType, label }) => (
          <option key={docType} value={docType}>
            {say(label)}
          </option>
        ))}
      </select>
    </label>
  );
}

function RevocationLists({ state, screen, say, send }: View<Settings>) {
  const { lists } = state.kept;
  return (
    <section class="panel" aria-labelledby="lists">
      <h2 id="lists">{say(words.lists)}</h2>
      <p class="note" id="lists-note">
        {say(words.listsNote)}
      </p>
      {lists.length === 0 ? (
        <p>{say(words.noLists)}</p>
      ) : (
        <ul class="kept">
          {lists.map((file) => (
            <li key={file.id}>
              <div>
                {file.lists.map((list, index) => (
                  <Fragment key={index}>
                    <p class="name">{list.issuer ?? say(words.nameless)}</p>
                    <p class="note">
                      {say(words.issued(list.issued))}, {say(listEnd(list, state.now))}
                    </p>
                  </Fragment>
                ))}
              </div>
              <Removal
                what={file.id}
                name={`${say(words.lists)}, ${joined(file.lists.map(({ issuer }) => issuer), say)}`}
                removing={screen.removing}
                say={say}
                send={send}
              />
            </li>
          ))}
        </ul>
      )}
      <Result part="lists" screen={screen} say={say} />
      <FileButton
        id="list-files"
        label={say(words.chooseLists)}
        accept={LISTS}
        multiple
        describedBy="lists-note"
        chosen={(files) => send({ type: 'add-lists', files })}
      />
    </section>
  );
}

function listEnd({ until }: RevocationList, now: number): Words {
  if (until === null) return words.noNextList;
  return until <= now ? words.staleSince(until) : words.nextList(until);
}

function OwnCertificate({ state, screen, say, send }: View<Settings>) {
  const { own } = state.kept;
  const { certificate, key } = screen;
  const ready = certificate !== null && key !== null;
  return (
    <section class="panel" aria-labelledby="own">
      <h2 id="own">{say(words.own)}</h2>
      <p class="note">{say(words.ownNote)}</p>
      {own && (
        <ul class="kept">
          <li>
            <OwnText own={own} now={state.now} say={say} />
            <Removal what={OWN} name={own.name} removing={screen.removing} say={say} send={send} />
          </li>
        </ul>
      )}
      <Result part="own" screen={screen} say={say} />
      {own === null && (
        <>
          <div class="files">
            <ChosenFile
              id="own-certificate"
              label={words.ownCertificate}
              accept={CERTIFICATES}
              file={certificate}
              say={say}
              chosen={(file) => send({ type: 'own-certificate', file })}
            />
            <ChosenFile
              id="own-key"
              label={words.ownKey}
              accept={KEYS}
              file={key}
              say={say}
              chosen={(file) => send({ type: 'own-key', file })}
            />
          </div>
          <p class="submit">
            <button
              class="main"
              aria-disabled={!ready}
              aria-describedby="choose-both"
              onClick={() => ready && send({ type: 'add-own' })}
            >
              {say(words.useThem)}
            </button>{' '}
            <span id="choose-both" class="note">
              {!ready && say(words.chooseBoth)}
            </span>
          </p>
        </>
      )}
    </section>
  );
}

function OwnText({ own: { name, added, from, until }, now, say }: { own: Own; now: number; say: Say }) {
  const ends = until <= now ? words.ownExpiredOn(until) : words.until(until);
  return (
    <div>
      <p class="name">{name}</p>
      <p class="note">
        {say(words.ownSince(added))}, {say(now < from ? words.from(from) : ends)}
      </p>
    </div>
  );
}

function ChosenFile(file: {
  id: string;
  label: Words;
  accept: string;
  file: File | null;
  say: Say;
  chosen: (file: File | null) => void;
}) {
  const { id, say } = file;
  return (
    <div>
      <FileButton
        id={id}
        label={say(file.label)}
        accept={file.accept}
        describedBy={`${id}-name`}
        chosen={([first]) => file.chosen(first ?? null)}
      />
      <p id={`${id}-name`} class="note">
        {file.file?.name ?? say(words.nothingChosen)}
      </p>
    </div>
  );
}

function Removal(removal: { what: string; name: string; removing: string | null; say: Say; send: Send }) {
  const { what, name, say, send } = removal;
  if (removal.removing !== what) {
    return (
      <button aria-label={say(words.removeNamed(name))} onClick={() => send({ type: 'remove', what })}>
        {say(words.remove)}
      </button>
    );
  }
  return (
    <div class="confirm">
      <button class="danger" onClick={() => send({ type: 'remove-really' })}>
        {say(words.removeReally)}
      </button>
      <button ref={focused} onClick={() => send({ type: 'keep-it' })}>
        {say(words.keepIt)}
      </button>
    </div>
  );
}

/** Enter pressed twice must not remove anything. */
function focused(button: HTMLElement | null): void {
  button?.focus();
}

function Result({ part, screen: { problem, done }, say }: { part: Part; screen: Settings; say: Say }) {
  return (
    <>
      {problem?.part === part && <Problem reason={problem.reason} say={say} />}
      <p class="done" role="status">
        {done?.part === part && done.words.map(say).join(' ')}
      </p>
    </>
  );
}

function Language({ state, say, send }: View<Settings>) {
  const languages: [Lang, Words][] = [
    ['fr', words.french],
    ['en', words.english],
  ];
  return (
    <fieldset class="panel">
      <legend>{say(words.language)}</legend>
      {languages.map(([lang, name]) => (
        <label key={lang} class="choice" lang={lang}>
          <input
            type="radio"
            name="language"
            checked={state.lang === lang}
            onChange={() => send({ type: 'language', lang })}
          />
          <span>{say(name)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function About({ say }: { say: Say }) {
  return (
    <section class="panel" aria-labelledby="about">
      <h2 id="about">{say(words.about)}</h2>
      <p>{say(words.aboutDoes)}</p>
      <p>{say(words.aboutForgets)}</p>
      <p>{say(words.aboutLimits)}</p>
      <p>{say(words.aboutTests)}</p>
      <p class="note">
        {say(words.version(VERSION))} – <a href="licences.txt">{say(words.licences)}</a>
      </p>
    </section>
  );
}

function joined(names: (string | null)[], say: Say): string {
  return names.map((name) => name ?? say(words.nameless)).join(', ');
}
