// The drivers' protocol (../README.md): a JSON object a line in, one a line out.
import { createInterface } from 'node:readline';

// Libraries log to the console; standard output is the answers' alone.
const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
console.log = console.error;

/** The peer judged what it was given, and found it wrong. */
export class Refused extends Error {}

/** Answers each line by the verb of its name, until the input ends. */
export async function serve(verbs) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { verb, ...question } = JSON.parse(line);
    try {
      if (!Object.hasOwn(verbs, verb)) throw new Error(`no verb ${verb}`);
      answer({ done: await verbs[verb](question) });
    } catch (error) {
      answer({ [error instanceof Refused ? 'refused' : 'failed']: error.message || error.name });
    }
  }
}

/** Runs a judgement: whatever it throws is the peer's refusal. */
export async function judge(judgement) {
  try {
    return await judgement();
  } catch (error) {
    throw new Refused(error.message || error.name);
  }
}

export const unhex = (text) => Buffer.from(text, 'hex');
export const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** Element values of the protocol, as the library takes them. `FullDate` is its class for tag 1004. */
export function valueOf(form, FullDate) {
  if (Array.isArray(form)) return form.map((item) => valueOf(item, FullDate));
  if (form === null || typeof form !== 'object') return form;
  if (form.tag === 1004) return new FullDate(form.value);
  if (typeof form.bytes === 'string') return Buffer.from(form.bytes, 'base64url');
  return Object.fromEntries(Object.entries(form).map(([name, item]) => [name, valueOf(item, FullDate)]));
}

/** The other way. */
export function formOf(value, FullDate) {
  if (Array.isArray(value)) return value.map((item) => formOf(item, FullDate));
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof FullDate) return { tag: 1004, value: value.toISOString() };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64url') };
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([name, item]) => [name, formOf(item, FullDate)]));
}

export const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
