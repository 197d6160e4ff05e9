// The form of a request of one's own.

import type { DocumentType } from 'coffret-web';

import type { Request } from './reading';
import { blankRequest, elementKey, type Catalogue, type Event, type RequestForm } from './state';

/** The form after something was done in it. */
export function edited(form: RequestForm, event: Event): RequestForm {
  switch (event.type) {
    case 'document':
      return { ...blankRequest(event.docType), keep: form.keep };
    case 'element': {
      const chosen = new Set(form.chosen);
      if (event.on) chosen.add(event.key);
      else chosen.delete(event.key);
      return { ...form, chosen, problem: null };
    }
    case 'keep':
      return { ...form, keep: event.keep };
    default:
      return form;
  }
}

/** What the form asks for. */
export function requestOf(form: RequestForm, catalogue: Catalogue): Request {
  const document = documentOf(form, catalogue);
  const elements = document?.groups.flatMap((group) => group.elements) ?? [];
  const chosen = elements.filter((element) => form.chosen.has(elementKey(element)));
  const { docType, keep } = form;
  return {
    title: document?.label ?? { fr: docType, en: docType },
    elements: chosen.map(({ namespace, id }) => ({ docType, namespace, id, keep })),
  };
}

/** The document type that the form is about. */
export function documentOf(form: RequestForm, catalogue: Catalogue): DocumentType | undefined {
  return catalogue.documents.find((document) => document.docType === form.docType);
}
