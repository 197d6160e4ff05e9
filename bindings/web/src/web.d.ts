/** In both languages, so that a page can change without reading anew. */
export interface Words { fr: string; en: string }

/** A stable code, and what a person is told of it. What is thrown is one, but for a fault of the core's own. */
export interface Reason {
  /** What a program compares: `untrusted-issuer`. */
  code: string;
  /** What a person quotes: `CW-331`. */
  number: string;
  /** What happened, and what it means. */
  happened: Words;
  /** What to do now. */
  next: Words;
  /** What people call the document that it is about. */
  document: Words | null;
  /** What people call the element that it is about. */
  element: Words | null;
}

/** A reason to ask. */
export interface Purpose {
  id: string;
  label: Words;
  document: Words;
  /** Wallets warn of a reader that is not registered for it. */
  registered: boolean;
}

/** What a free request can ask of a document. */
export interface DocumentType {
  docType: string;
  label: Words;
  groups: { label: Words; elements: { namespace: string; id: string; label: Words }[] }[];
}

/** What a file of authorities brings. */
export interface Authorities {
  /** Those that can be trusted. */
  anchors: Anchor[];
  /** Why other certificates cannot; never empty where none can. */
  unusable: Reason[];
  /** The revocation lists in the same file, where it has any and brings an authority. */
  lists: RevocationLists | null;
}

/** A certificate that can be trusted. */
export interface Anchor {
  /** Its digest: the same certificate has the same id, however its file is written. */
  id: string;
  /** It alone. */
  pem: string;
  /** Its name, where it has one. */
  name: string | null;
  /** When it expires. */
  until: number;
}

/** What a file brings of revocation lists. */
export interface RevocationLists {
  /** Their digest: the same lists have the same id, however their file is written. */
  id: string;
  /** They alone, in PEM. */
  file: Uint8Array<ArrayBuffer>;
  lists: RevocationList[];
}

/** What a revocation list says of itself. Whether its issuer signed it, verdicts say. */
export interface RevocationList {
  /** The issuer's name, where it has one. */
  issuer: string | null;
  issued: number;
  /** When the next one comes, where it says so. */
  until: number | null;
}

/** Certificates in PEM that the page trusts, and the types of the documents that they may sign; null: any type. */
export interface TrustedAuthorities { pem: string; docTypes: string[] | null }

/** Who a reader's certificate says that it is. */
export interface Identity {
  /** It alone. */
  pem: string;
  name: string;
  from: number;
  until: number;
  curve: "P-256" | "P-384" | "P-521" | "Ed25519";
  /** Its public key: the DER of a SubjectPublicKeyInfo. */
  spki: Uint8Array;
}

/** A QR code, row by row, 1 for dark, without its quiet zone. */
export interface Code { width: number; modules: Uint8Array }

/** One element that is asked for, and whether the reader means to keep it. */
export interface AskedElement { docType: string; namespace: string; id: string; keep: boolean }

/** What a reading wants done. */
export type Effect =
  /** Sign each with the reader's key, by the algorithm of its curve; then `signed`. */
  | { type: "sign"; messages: Uint8Array[] }
  /** Show the reader's code: one frame, or several in turn, again and again. */
  | { type: "show"; frames: string[] }
  /** How much of the holder's code has been read, in fragments. */
  | { type: "progress"; have: number; of: number }
  /** Call `tick` then. */
  | { type: "wakeAt"; time: number }
  /** It is over. */
  | { type: "ended"; outcome: Outcome };

/** How a reading ended. Only good documents have values. */
export type Outcome =
  /** Green. `missing` was asked for and not shown, which does no harm. */
  | { type: "accepted"; documents: VerifiedDocument[]; missing: Words[] }
  /** A colour of its own, never green: good documents, and nobody has judged what they say. */
  | { type: "unjudged"; documents: VerifiedDocument[]; missing: Words[] }
  /** Orange. */
  | { type: "specimen"; documents: VerifiedDocument[]; missing: Words[] }
  /** Red. */
  | { type: "rejected"; reasons: Reason[] }
  /** The person shows nothing. */
  | { type: "refused" }
  /** No answer came. */
  | { type: "unanswered"; reason: Reason };

/** A document with which nothing is wrong, and what it says of what was asked. */
export interface VerifiedDocument {
  label: Words;
  issuer: Issuer;
  validity: { from: number; until: number };
  /** Images first. */
  elements: Element[];
  /** What is left open and may make the document worth nothing, of no element that is shown: said beside the verdict. */
  unchecked: Reason[];
  /** Deviations that do no harm. */
  warnings: Reason[];
}

/** Who signed a document, by the certificate that did. */
export interface Issuer {
  name: string | null;
  /** The root that vouches for it, by which it is trusted. */
  authority: string | null;
  /** As the certificate spells them. */
  country: string | null;
  state: string | null;
  /** Both, as people call them: `Québec, Canada`. */
  place: Words | null;
}

/** One thing that a document says, as people write it. */
export interface Element {
  id: string;
  label: Words;
  text: Words;
  image: { bytes: Uint8Array; mediaType: "image/jpeg" | "image/jp2" } | null;
  /** What to say of an element that the device says and the issuer does not; null for the issuer's. */
  saidByDevice: Words | null;
  /** Whether it is an age, and the answer is *no*. */
  no: boolean;
  /** What is left open of it: said beside it. */
  unchecked: Reason[];
}
