// Peer: @owf/mdoc. It leaves all cryptography and X.509 to its host: here, Node's.
import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  CoseKey, DateOnly, DeviceKey, DeviceRequest, DeviceResponse, DocRequest, Header, Holder, Issuer, IssuerSigned,
  ItemsRequest, ProtectedHeaders, ReaderAuth, SessionTranscript, SignatureAlgorithm,
  UnprotectedHeaders, Verifier,
} from '@owf/mdoc';
import { formOf, hex, judge, mapValues, Refused, serve, unhex, valueOf } from './lines.mjs';
import { sessions } from './session.mjs';
import { array, embedded, text } from './wrap.mjs';

const manifest = new URL('./node_modules/@owf/mdoc/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));

const hash = { 'P-256': 'sha256', 'P-384': 'sha384', 'P-521': 'sha512' };
const algorithm = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };
const der = (pem) => new Uint8Array(new crypto.X509Certificate(pem).raw);
const x5chain = (chain) => (chain.length === 1 ? der(chain[0]) : chain.map(der));
const signingKey = (jwk) => CoseKey.fromJwk({ ...jwk, alg: algorithm[jwk.crv] });
const publicKey = (key) => {
  const { kty, crv, x, y } = key.jwk;
  return crypto.createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
};
const hmac = (key, bytes) => new Uint8Array(crypto.createHmac('sha256', key.k).update(bytes).digest());

/** The leaf must be issued by one of the roots; the chain's other certificates are ignored, as no peer sends any. */
function verifyCertificateChain({ trustedCertificates, x5chain, now = new Date() }) {
  const leaf = new crypto.X509Certificate(x5chain[0]);
  const roots = trustedCertificates.map((certificate) => new crypto.X509Certificate(certificate));
  const root = roots.find((candidate) => leaf.checkIssued(candidate) && leaf.verify(candidate.publicKey));
  if (!root) throw new Error('no trusted issuer');
  for (const { validFrom, validTo } of [leaf, root]) {
    if (now < new Date(validFrom) || now > new Date(validTo)) throw new Error('certificate not valid now');
  }
}

const context = {
  crypto: {
    random: (length) => new Uint8Array(crypto.randomBytes(length)),
    digest: ({ digestAlgorithm, bytes }) =>
      new Uint8Array(crypto.createHash(digestAlgorithm.replace('-', '')).update(bytes).digest()),
    calculateEphemeralMacKey: ({ privateKey, publicKey: peer, sessionTranscriptBytes, info }) => {
      const ecdh = crypto.createECDH('prime256v1');
      ecdh.setPrivateKey(privateKey);
      const salt = crypto.createHash('sha256').update(sessionTranscriptBytes).digest();
      const k = new Uint8Array(crypto.hkdfSync('sha256', ecdh.computeSecret(peer), salt, info, 32));
      return CoseKey.create({ keyType: 4, k });
    },
  },
  cose: {
    sign1: {
      sign: ({ toBeSigned, key }) => {
        const { kty, crv, x, y, d } = key.jwk;
        const secret = crypto.createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' });
        return new Uint8Array(crypto.sign(hash[crv], toBeSigned, { key: secret, dsaEncoding: 'ieee-p1363' }));
      },
      verify: ({ key, sign1 }) =>
        crypto.verify(hash[key.jwk.crv], sign1.toBeSigned, { key: publicKey(key), dsaEncoding: 'ieee-p1363' }, sign1.signature),
    },
    mac0: {
      sign: ({ key, toBeAuthenticated }) => hmac(key, toBeAuthenticated),
      verify: ({ mac0, key }) => crypto.timingSafeEqual(mac0.tag, hmac(key, mac0.toBeAuthenticated)),
    },
  },
  x509: {
    getIssuerNameField: ({ certificate, field }) =>
      new crypto.X509Certificate(certificate).issuer.split('\n')
        .filter((line) => line.startsWith(`${field}=`))
        .map((line) => line.slice(field.length + 1)),
    getPublicKey: ({ certificate }) =>
      CoseKey.fromJwk(new crypto.X509Certificate(certificate).publicKey.export({ format: 'jwk' })),
    verifyCertificateChain,
    getCertificateData: ({ certificate }) => {
      const x509 = new crypto.X509Certificate(certificate);
      return {
        issuerName: x509.issuer,
        subjectName: x509.subject,
        serialNumber: x509.serialNumber,
        thumbprint: x509.fingerprint256,
        notBefore: new Date(x509.validFrom),
        notAfter: new Date(x509.validTo),
        pem: x509.toString(),
      };
    },
  },
};

async function issue({ docType, nameSpaces, deviceKey, signer, validity }) {
  const issuer = new Issuer(docType, context);
  for (const [name, elements] of Object.entries(nameSpaces)) {
    issuer.addIssuerNamespace(name, valueOf(elements, DateOnly));
  }
  const issuerSigned = await issuer.sign({
    signingKey: signingKey(signer.key),
    certificates: signer.chain.map(der),
    algorithm: SignatureAlgorithm[algorithm[signer.key.crv]],
    digestAlgorithm: 'SHA-256',
    deviceKeyInfo: { deviceKey: DeviceKey.fromJwk(deviceKey) },
    validityInfo: {
      signed: new Date(validity.signed),
      validFrom: new Date(validity.from),
      validUntil: new Date(validity.until),
    },
  });
  return { issuerSigned: hex(issuerSigned.encode()) };
}

/** It answers a request; so what is to be disclosed becomes one. */
async function present({ docType, issuerSigned, deviceKey, sessionTranscript, disclose, readerKey }) {
  const namespaces = mapValues(disclose, (elements) => Object.fromEntries(elements.map((element) => [element, false])));
  const itemsRequest = ItemsRequest.create({ docType, namespaces });
  const key = { signingKey: signingKey(deviceKey) };
  const response = await Holder.createDeviceResponseForDeviceRequest({
    deviceRequest: DeviceRequest.create({ docRequests: [DocRequest.create({ itemsRequest })] }),
    issuerSigned: [IssuerSigned.decode(unhex(issuerSigned))],
    sessionTranscript: SessionTranscript.decode(unhex(sessionTranscript)),
    ...(readerKey ? { mac: { ...key, ephemeralKey: CoseKey.fromJwk(readerKey) } } : { signature: key }),
  }, context);
  return { deviceResponse: hex(response.encode()) };
}

async function verify({ docType, issuerSigned, deviceResponse, sessionTranscript, roots, readerKey }) {
  const failures = [];
  const onCheck = ({ status, check, reason }) => {
    if (status === 'FAILED') failures.push(reason ? `${check}: ${reason}` : check);
  };
  const trustedCertificates = roots.map(der);
  const documents = await judge(async () => {
    if (!deviceResponse) {
      const credential = IssuerSigned.decode(unhex(issuerSigned));
      await credential.verify({ trustedCertificates, verificationCallback: onCheck }, context);
      return [{ docType, issuerSigned: credential }];
    }
    const response = DeviceResponse.decode(unhex(deviceResponse));
    await Verifier.verifyDeviceResponse({
      deviceResponse: response,
      sessionTranscript: SessionTranscript.decode(unhex(sessionTranscript)),
      trustedCertificates,
      ephemeralReaderKey: readerKey && CoseKey.fromJwk(readerKey),
      onCheck,
    }, context);
    return response.documents;
  });
  if (failures.length > 0) throw new Refused(failures.join('; '));
  return {
    documents: documents.map((document) => ({
      docType: document.docType,
      deviceAuth: document.deviceSigned && (document.deviceSigned.deviceAuth.deviceMac ? 'mac' : 'signature'),
      nameSpaces: Object.fromEntries(
        [...document.issuerSigned.issuerNamespaces.issuerNamespaces].map(([name, items]) => [
          name,
          Object.fromEntries(items.map((item) => [item.elementIdentifier, formOf(item.elementValue, DateOnly)])),
        ])),
    })),
  };
}

async function request({ docType, nameSpaces, sessionTranscript, reader }) {
  const itemsRequest = ItemsRequest.create({ docType, namespaces: nameSpaces });
  const readerAuth = await ReaderAuth.create({
    signingKey: signingKey(reader.key),
    protectedHeaders: ProtectedHeaders.create({
      protectedHeaders: new Map([[Header.Algorithm, SignatureAlgorithm[algorithm[reader.key.crv]]]]),
    }),
    unprotectedHeaders: UnprotectedHeaders.create({
      unprotectedHeaders: new Map([[Header.X5Chain, x5chain(reader.chain)]]),
    }),
    // The library keeps its ReaderAuthentication to itself.
    detachedPayload: embedded(
      array(text('ReaderAuthentication'), unhex(sessionTranscript), itemsRequest.encode({ asDataItem: true }))),
  }, context);
  const docRequests = [DocRequest.create({ itemsRequest, readerAuth })];
  return { deviceRequest: hex(DeviceRequest.create({ docRequests }).encode()) };
}

async function readRequest({ deviceRequest, sessionTranscript, roots }) {
  const failures = [];
  const documents = await judge(async () => {
    const received = DeviceRequest.decode(unhex(deviceRequest));
    await Holder.verifyDeviceRequest({
      deviceRequest: received,
      sessionTranscript: SessionTranscript.decode(unhex(sessionTranscript)),
      verificationCallback: ({ status, check }) => status === 'FAILED' && failures.push(check),
    }, context);
    for (const { readerAuth } of received.docRequests) {
      if (!readerAuth) throw new Error('no reader authentication');
      verifyCertificateChain({ trustedCertificates: roots.map(der), x5chain: readerAuth.certificateChain });
    }
    return received.docRequests;
  });
  if (failures.length > 0) throw new Refused(failures.join('; '));
  return {
    documents: documents.map(({ itemsRequest }) => ({
      docType: itemsRequest.docType,
      nameSpaces: formOf(itemsRequest.namespaces, DateOnly),
    })),
  };
}

await serve({
  describe: () => ({ peer: '@owf/mdoc', version }), issue, present, verify, request, 'read-request': readRequest,
  ...sessions({ present, verify, request, readRequest }),
});
