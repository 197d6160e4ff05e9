// A request of the operator's own: a document, its elements, whether they will be kept.

import type { DocumentType } from 'coffret-web';

import { documentOf } from '../form';
import { Problem } from '../parts/reason';
import { elementKey, type RequestForm, type Send } from '../state';
import { words, type Say } from '../words';
import type { View } from './page';

/** The form. */
export function RequestScreen({ state, screen, say, send }: View<RequestForm>) {
  const document = documentOf(screen, state.catalogue);
  const chosen = screen.chosen.size;
  return (
    <form
      class="request"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen > 0) send({ type: 'ask-chosen' });
      }}
    >
      <div class="top">
        <h1 tabIndex={-1}>{say(words.requestTitle)}</h1>
        <button type="button" onClick={() => send({ type: 'go', to: 'home' })}>
          {say(words.back)}
        </button>
      </div>
      {screen.problem && <Problem reason={screen.problem} say={say} />}
      <label class="field">
        <span>{say(words.whichDocument)}</span>
        <select
          value={screen.docType}
          onChange={({ currentTarget }) => send({ type: 'document', docType: currentTarget.value })}
        >
          {state.catalogue.documents.map(({ docType, label }) => (
            <option key={docType} value={docType}>
              {say(label)}
            </option>
          ))}
        </select>
      </label>
      <h2>{say(words.whichElements)}</h2>
      {document?.groups.map((group, index) => (
        <Group key={`${document.docType} ${index}`} {...{ group, first: index === 0, screen, say, send }} />
      ))}
      <fieldset class="keep">
        <legend>{say(words.keepQuestion)}</legend>
        {[false, true].map((keep) => (
          <label key={String(keep)} class="choice">
            <input
              type="radio"
              name="keep"
              checked={screen.keep === keep}
              onChange={() => send({ type: 'keep', keep })}
            />
            <span>{say(keep ? words.keepYes : words.keepNo)}</span>
          </label>
        ))}
      </fieldset>
      <div class="actions below">
        <button class="main" type="submit" aria-disabled={chosen === 0} aria-describedby="choose">
          {say(words.askFor(chosen))}
        </button>
        <p id="choose" class="note">
          {chosen === 0 && say(words.chooseSome)}
        </p>
      </div>
    </form>
  );
}

function Group(group: {
  group: DocumentType['groups'][number];
  first: boolean;
  screen: RequestForm;
  say: Say;
  send: Send;
}) {
  const { screen, say, send } = group;
  const { label, elements } = group.group;
  const chosen = elements.filter((element) => screen.chosen.has(elementKey(element))).length;
  // Two namespaces may say the same thing by the same name.
  const alike = (one: (typeof elements)[number]) =>
    elements.some((other) => other !== one && other.label.fr === one.label.fr);
  return (
    <details class="group" open={group.first}>
      <summary>
        <span class="group-name">{say(label)}</span>{' '}
        <span class="note">{say(words.chosenOf(chosen, elements.length))}</span>
      </summary>
      <fieldset class="elements">
        <legend class="heard">{say(label)}</legend>
        {elements.map((element) => {
          const key = elementKey(element);
          return (
            <label key={key} class="choice">
              <input
                type="checkbox"
                checked={screen.chosen.has(key)}
                onChange={({ currentTarget }) => send({ type: 'element', key, on: currentTarget.checked })}
              />
              <span>
                {say(element.label)}
                {alike(element) && <span class="technical">{key}</span>}
              </span>
            </label>
          );
        })}
      </fieldset>
    </details>
  );
}
