// Sessions of ISO 18013-5 §9.1.1, which the peers leave to their host: here, Node's cryptography around a peer's
// requests, presentations and judgements.
import crypto from 'node:crypto';
import { hex, judge, Refused, unhex } from './lines.mjs';
import { array, bytes, embedded, flag, head, map, nil, text, unwrap } from './wrap.mjs';

const READER = { info: 'SKReader', identifier: 0n };
const DEVICE = { info: 'SKDevice', identifier: 1n };
const TERMINATION = 20;

const newKey = () => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
const coordinate = (value) => bytes(Buffer.from(value, 'base64url'));
/** COSE_Key { 1: 2, -1: 1, -2: x, -3: y } */
const coseKey = ({ x, y }) => Buffer.concat([unhex('a40102200121'), coordinate(x), unhex('22'), coordinate(y)]);
const jwkOf = (coseKey) => {
  const [x, y] = [-2, -3].map((label) => unwrap(coseKey).get(label).toString('base64url'));
  return { kty: 'EC', crv: 'P-256', x, y };
};

/** One message after the other, each way under its own key. */
class Channel {
  #secret;
  #salt;
  #sent = 0;
  #received = 0;

  constructor(own, peer, transcript, role, other) {
    this.#secret = crypto.diffieHellman({
      privateKey: crypto.createPrivateKey({ key: own, format: 'jwk' }),
      publicKey: crypto.createPublicKey({ key: peer, format: 'jwk' }),
    });
    this.#salt = crypto.createHash('sha256').update(embedded(transcript)).digest();
    Object.assign(this, { role, other, transcript });
  }

  #parameters({ info, identifier }, counter) {
    const key = Buffer.from(crypto.hkdfSync('sha256', this.#secret, this.#salt, info, 32));
    const iv = Buffer.alloc(12);
    iv.writeBigUInt64BE(identifier);
    iv.writeUInt32BE(counter, 8);
    return ['aes-256-gcm', key, iv];
  }

  seal(data) {
    const cipher = crypto.createCipheriv(...this.#parameters(this.role, ++this.#sent));
    return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
  }

  open(data) {
    const decipher = crypto.createDecipheriv(...this.#parameters(this.other, ++this.#received));
    decipher.setAuthTag(data.subarray(-16));
    return Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]);
  }
}

const transcriptOf = (engagement, readerKey) => array(embedded(engagement), embedded(readerKey), nil);

/** A request without reader authentication, for a peer that knows no requests. */
function plainRequest({ docType, nameSpaces }) {
  const spaces = Object.entries(nameSpaces).map(([name, elements]) =>
    [name, map(Object.entries(elements).map(([element, retained]) => [element, flag(retained)]))]);
  const items = embedded(map([['docType', text(docType)], ['nameSpaces', map(spaces)]]));
  return { deviceRequest: hex(map([['version', text('1.0')], ['docRequests', array(map([['itemsRequest', items]]))]])) };
}

/** The verbs of sessions, of a peer that presents and verifies, and perhaps requests. */
export function sessions({ present, verify, request = plainRequest, readRequest }) {
  let own;
  let engagement;
  let channel;

  function engage() {
    own = newKey();
    const security = array(head(0, 1), embedded(coseKey(own)));
    engagement = Buffer.concat([head(5, 2), head(0, 0), text('1.0'), head(0, 1), security]);
    return { deviceEngagement: hex(engagement) };
  }

  async function answer({ sessionEstablishment, issuerSigned, deviceKey, method, roots }) {
    const { deviceRequest, readerKey } = await judge(() => {
      const establishment = unwrap(unhex(sessionEstablishment));
      const readerKey = jwkOf(establishment.get('eReaderKey'));
      const transcript = transcriptOf(engagement, establishment.get('eReaderKey'));
      channel = new Channel(own, readerKey, transcript, DEVICE, READER);
      return { deviceRequest: channel.open(establishment.get('data')), readerKey };
    });
    const sessionTranscript = hex(channel.transcript);
    await readRequest?.({ deviceRequest: hex(deviceRequest), sessionTranscript, roots });
    const [docRequest] = unwrap(deviceRequest).get('docRequests');
    const asked = unwrap(docRequest.get('itemsRequest'));
    const disclose = [...asked.get('nameSpaces')].map(([name, elements]) => [name, [...elements.keys()]]);
    const { deviceResponse } = await present({
      docType: asked.get('docType'),
      issuerSigned,
      deviceKey,
      sessionTranscript,
      disclose: Object.fromEntries(disclose),
      readerKey: method === 'mac' ? readerKey : undefined,
    });
    return { sessionData: hex(map([['data', bytes(channel.seal(unhex(deviceResponse)))]])) };
  }

  async function establish({ deviceEngagement, docType, nameSpaces, reader }) {
    own = newKey();
    const [, deviceKey] = unwrap(unhex(deviceEngagement)).get(1);
    const readerKey = coseKey(own);
    const transcript = transcriptOf(unhex(deviceEngagement), readerKey);
    channel = new Channel(own, jwkOf(deviceKey), transcript, READER, DEVICE);
    const { deviceRequest } = await request({ docType, nameSpaces, sessionTranscript: hex(transcript), reader });
    const data = bytes(channel.seal(unhex(deviceRequest)));
    return { sessionEstablishment: hex(map([['eReaderKey', embedded(readerKey)], ['data', data]])) };
  }

  async function read({ sessionData, roots }) {
    const deviceResponse = await judge(() => hex(channel.open(unwrap(unhex(sessionData)).get('data'))));
    const { documents } = await verify({
      deviceResponse,
      sessionTranscript: hex(channel.transcript),
      roots,
      readerKey: own,
    });
    return { documents, sessionData: hex(map([['status', head(0, TERMINATION)]])) };
  }

  function part({ sessionData }) {
    const status = unwrap(unhex(sessionData)).get('status');
    if (status !== TERMINATION) throw new Refused(`the session ends with ${status}`);
    return {};
  }

  return { engage, answer, establish, read, part };
}
