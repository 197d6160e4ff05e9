// Peer: @auth0/mdl. Its transcript is SessionTranscriptBytes, its own COSE_Key form is needed for MAC keys,
// and it reads credentials only inside a DeviceResponse.
import { createRequire } from 'node:module';
import { formOf, hex, judge, mapValues, Refused, serve, unhex, valueOf } from './lines.mjs';
import { sessions } from './session.mjs';
import { array, embedded, head, map, text } from './wrap.mjs';

const require = createRequire(import.meta.url);
const { Document, DeviceResponse, MDoc, Verifier, parse } = require('@auth0/mdl');
const { cborEncode, DateOnly } = require('@auth0/mdl/lib/cbor/index.js');
const { COSEKeyFromJWK } = require('cose-kit');
const { version } = require('@auth0/mdl/package.json');

const algorithm = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512', Ed25519: 'EdDSA' };
// It writes the key id into a header whether there is one or not.
const named = (jwk) => ({ ...jwk, kid: 'interop' });

/** A DeviceResponse around one IssuerSigned. */
const response = (docType, issuerSigned) =>
  map([
    ['version', text('1.0')],
    ['documents', array(map([['docType', text(docType)], ['issuerSigned', issuerSigned]]))],
    ['status', head(0, 0)],
  ]);

async function issue({ docType, nameSpaces, deviceKey, signer, validity }) {
  const document = new Document(docType);
  for (const [name, elements] of Object.entries(nameSpaces)) {
    document.addIssuerNameSpace(name, valueOf(elements, DateOnly));
  }
  const signed = await document
    .useDigestAlgorithm('SHA-256')
    .addValidityInfo({
      signed: new Date(validity.signed),
      validFrom: new Date(validity.from),
      validUntil: new Date(validity.until),
    })
    .addDeviceKeyInfo({ deviceKey })
    .sign({ issuerPrivateKey: named(signer.key), issuerCertificate: signer.chain, alg: algorithm[signer.key.crv] });
  return { issuerSigned: hex(cborEncode(signed.prepare().get('issuerSigned'))) };
}

async function present({ docType, issuerSigned, deviceKey, sessionTranscript, disclose, readerKey }) {
  const fields = Object.entries(disclose).flatMap(([name, elements]) =>
    elements.map((element) => ({ path: [`$['${name}']['${element}']`], intent_to_retain: false })));
  const builder = DeviceResponse.from(parse(response(docType, unhex(issuerSigned))))
    .usingPresentationDefinition({
      id: 'interop',
      input_descriptors: [
        { id: docType, format: { mso_mdoc: { alg: ['ES256'] } }, constraints: { limit_disclosure: 'required', fields } },
      ],
    })
    .usingSessionTranscriptBytes(embedded(unhex(sessionTranscript)));
  const key = named(deviceKey);
  const ready = readerKey
    ? builder.authenticateWithMAC(key, COSEKeyFromJWK(readerKey), 'HS256')
    : builder.authenticateWithSignature(key, algorithm[deviceKey.crv]);
  return { deviceResponse: hex((await ready.sign()).encode()) };
}

async function verify({ docType, issuerSigned, deviceResponse, sessionTranscript, roots, readerKey }) {
  const failures = [];
  const onCheck = ({ status, category, check, reason }) => {
    const asked = deviceResponse || category !== 'DEVICE_AUTH';
    if (status === 'FAILED' && asked) failures.push(reason ? `${check}: ${reason}` : check);
  };
  const received = deviceResponse ? unhex(deviceResponse) : response(docType, unhex(issuerSigned));
  const mdoc = await judge(() =>
    new Verifier(roots).verify(received, {
      encodedSessionTranscript: sessionTranscript && embedded(unhex(sessionTranscript)),
      ephemeralReaderKey: readerKey && COSEKeyFromJWK(readerKey),
      onCheck,
    }));
  if (failures.length > 0) throw new Refused(failures.join('; '));
  return {
    documents: mdoc.documents.map((document) => ({
      docType: document.docType,
      deviceAuth: document.deviceSigned && (document.deviceSigned.deviceAuth.deviceMac ? 'mac' : 'signature'),
      nameSpaces: mapValues(document.issuerSigned.nameSpaces, (items) =>
        Object.fromEntries(items.map((item) => [item.elementIdentifier, formOf(item.elementValue, DateOnly)]))),
    })),
  };
}

await serve({
  describe: () => ({ peer: '@auth0/mdl', version }), issue, present, verify, ...sessions({ present, verify }),
});
