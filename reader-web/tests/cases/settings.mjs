// What an operator sets: whom the page trusts, and who it says it is.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { DAY, Issuer } from '../stage/issuer.mjs';
import { kept } from '../stage/kept.mjs';
import { WORDS } from '../stage/words.mjs';

/** @param {() => import('../stage/stage.mjs').Stage} on */
export function settings(on) {
  const opened = async () => {
    const desk = await on().open();
    await desk.button(WORDS.settings).click();
    return desk;
  };

  const file = async (name, content) => {
    await writeFile(on().path(name), content);
    return on().path(name);
  };

  const pem = (name) => readFile(on().issuer.file(name), 'utf8');

  test('a key that is not the certificate’s, or cannot be used, is not kept, and the reason is said', async () => {
    const other = await Issuer.make(on().path('issuer-other'));
    const curve = (namedCurve) => generateKeyPairSync('ec', { namedCurve }).privateKey;
    const pkcs8 = { type: 'pkcs8', format: 'pem' };
    const keys = {
      'CW-1321': 'x'.repeat(2 ** 20 + 1),
      'CW-1322': 'no key',
      'CW-1323': curve('P-256').export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'mot' }),
      'CW-1324': curve('P-256').export({ type: 'sec1', format: 'pem' }),
      'CW-1325': await readFile(other.file('reader.key')),
      'CW-1325, of another curve': curve('P-384').export(pkcs8),
      'CW-1325, damaged': (await pem('reader.key')).replace(/MIG.{20}/, (start) => start.replaceAll(/[A-F]/g, 'G')),
    };
    const desk = await opened();
    const before = await kept(desk.page);
    for (const [number, key] of Object.entries(keys)) {
      await desk.page.setInputFiles('#own-certificate', on().issuer.file('reader.pem'));
      await desk.page.setInputFiles('#own-key', await file('other.key', key));
      await desk.button(WORDS.useOwn).click();
      await desk.warns(number.split(',')[0]);
      assert.deepEqual(await kept(desk.page), before, number);
      await desk.button(WORDS.back).click();
      await desk.button(WORDS.settings).click();
    }
    await desk.page.evaluate(() => {
      crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'));
    });
    await desk.page.setInputFiles('#own-certificate', on().issuer.file('reader.pem'));
    await desk.page.setInputFiles('#own-key', on().issuer.file('reader.key'));
    await desk.button(WORDS.useOwn).click();
    await desk.warns('CW-1326');
    await desk.close();
  });

  test('a certificate and its key in DER are kept, and the browser does not give the key back', async () => {
    const der = (text) => Buffer.from(text.replaceAll(/-----.*?-----|\s/g, ''), 'base64');
    const desk = await opened();
    await desk.page.setInputFiles('#own-certificate', await file('reader.cer', der(await pem('reader.pem'))));
    await desk.page.setInputFiles('#own-key', await file('reader.der', der(await pem('reader.key'))));
    // Something done elsewhere on the screen leaves the choice as it is.
    await desk.page.setInputFiles('#authority-files', on().issuer.file('iaca.pem'));
    await desk.page.getByText(WORDS.authorityAdded).waitFor();
    await desk.button(WORDS.useOwn).click();
    await desk.page.getByText(WORDS.ownAdded).waitFor();
    const { text } = await kept(desk.page);
    assert.match(text, /key, extractable: false/);
    await desk.close();
  });

  test('of a file of the certificate and its key, as servers have them, no key is kept beside the certificate', async () => {
    const both = await file('own.pem', (await pem('reader.key')) + (await pem('reader.pem')));
    const desk = await opened();
    for (const input of ['#own-certificate', '#own-key']) await desk.page.setInputFiles(input, both);
    await desk.button(WORDS.useOwn).click();
    await desk.page.getByText(WORDS.ownAdded).waitFor();
    const text = JSON.stringify((await kept(desk.page)).databases);
    assert.ok(text.includes('BEGIN CERTIFICATE') && !text.includes('PRIVATE KEY'));
    await desk.close();
  });

  test('only what can be trusted of a file is kept; of a signer’s own certificate, nothing', async () => {
    const desk = await opened();
    await desk.page.setInputFiles('#authority-files', on().issuer.file('ds.pem'));
    await desk.warns('CW-315');
    const many = [await pem('reader.key'), await pem('ds.pem'), await pem('iaca.pem')].join('\n');
    await desk.page.setInputFiles('#authority-files', await file('many.pem', many));
    await desk.page.getByText(WORDS.authorityAdded).waitFor();
    await desk.page.getByText('1\u00a0certificat inutilisable dans ce fichier').waitFor();
    const text = JSON.stringify((await kept(desk.page)).databases);
    assert.ok(text.includes('BEGIN CERTIFICATE') && !text.includes('PRIVATE KEY'));
    await desk.close();
  });

  test('an authority that is added again is said to be there, and keeps the limit that was chosen', async () => {
    const desk = await opened();
    const adds = (path) => desk.page.setInputFiles('#authority-files', path);
    const root = await pem('iaca.pem');
    await adds(on().issuer.file('iaca.pem'));
    await desk.page.getByText(WORDS.authorityAdded).waitFor();
    await adds(on().issuer.file('iaca.pem'));
    await desk.page.getByText('(reconnue pour\u00a0: tous les documents)').waitFor();
    const limit = desk.page.getByLabel(WORDS.trustedFor);
    await limit.selectOption({ label: 'Carte d’assurance maladie' });
    await desk.page.getByText(WORDS.authorityLimited).waitFor();
    const before = await kept(desk.page);

    const der = Buffer.from(root.replaceAll(/-----.*?-----|\s/g, ''), 'base64');
    const again = {
      'again.pem': root,
      'again.crt': root.replaceAll('\n', '\r\n'),
      'again.der': der,
      'twice.pem': `what it is\n${root}${root}`,
    };
    for (const [name, content] of Object.entries(again)) {
      await desk.button(WORDS.back).click();
      await desk.button(WORDS.settings).click();
      await adds(await file(name, content));
      await desk.page.getByText('(reconnue pour\u00a0: Carte d’assurance maladie)').waitFor();
      assert.deepEqual(await kept(desk.page), before, name);
    }

    // What cannot be used is said, though nothing of the file is kept.
    await desk.button(WORDS.back).click();
    await desk.button(WORDS.settings).click();
    await adds(await file('unusable.pem', root + (await pem('ds.pem'))));
    await desk.page.getByText(/Déjà là.*Certificat inutilisable\u00a0: /).waitFor();
    assert.deepEqual(await kept(desk.page), before);

    // With another beside it, only the other is new.
    const other = await Issuer.make(on().path('issuer-beside'));
    await adds(await file('both.pem', root + (await readFile(other.file('iaca.pem'), 'utf8'))));
    await desk.page.getByText(`${WORDS.authorityAdded} Déjà là`).waitFor();
    const limits = await limit.evaluateAll((selects) => selects.map(({ value }) => value));
    assert.deepEqual(limits, ['ca.qc.gouv.ramq.cam.1', '']);
    const texts = JSON.stringify((await kept(desk.page)).databases);
    assert.equal(texts.split('BEGIN CERTIFICATE').length - 1, 2);
    await desk.close();
  });

  test('a file of an authority and its revocation list brings both, or nothing where the list cannot be used', async () => {
    const desk = await opened();
    const list = (der) => `-----BEGIN X509 CRL-----\n${der.toString('base64')}\n-----END X509 CRL-----\n`;
    const [root, der] = [await pem('iaca.pem'), await readFile(on().issuer.file('ds-revoked.crl'))];
    const before = await kept(desk.page);
    await desk.page.setInputFiles('#authority-files', await file('cut.pem', root + list(der.subarray(0, 40))));
    await desk.warns('CW-328');
    assert.deepEqual(await kept(desk.page), before);
    // Nobody who brings a file with a key in it wants the key kept in a browser.
    const key = await pem('ds.key');
    await desk.page.setInputFiles('#authority-files', await file('whole.pem', list(der) + key + root));
    await desk.page.getByText(`${WORDS.authorityAdded} ${WORDS.listAdded}`).waitFor();
    const { databases, text } = await kept(desk.page);
    assert.equal(JSON.stringify(databases).split('BEGIN CERTIFICATE').length - 1, 1);
    const [, secret] = key.split('\n');
    assert.ok(text.includes('BEGIN X509 CRL') && !text.includes(secret), 'the list is kept, and the key is not');
    await desk.page.locator('section', { has: desk.page.locator('#lists') }).locator('.kept li').waitFor();
    await desk.close();
  });

  test('a revocation list is kept and heeded, said to be out of date in its time, and removed', async () => {
    const { issuer } = on();
    const desk = await on().open({ before: (page) => page.clock.install() });
    await desk.trusts(issuer.file('iaca.pem'));
    await desk.signsAs(issuer);
    assert.equal((await on().reading('age-18', { desk })).colour, 'green');
    await desk.forgets();
    await desk.button(WORDS.settings).click();
    await desk.page.setInputFiles('#list-files', issuer.file('iaca.pem'));
    await desk.warns('CW-332');
    const list = await readFile(issuer.file('ds-revoked.crl'));
    const armoured = list.toString('base64').replaceAll(/.{64}/g, '$&\n');
    const written = await file('list.pem', `-----BEGIN X509 CRL-----\n${armoured}\n-----END X509 CRL-----\n`);
    for (const path of [issuer.file('ds-revoked.crl'), written]) {
      await desk.page.setInputFiles('#list-files', path);
      await desk.page.getByText(WORDS.listAdded).waitFor();
    }
    await desk.page.getByText('la suivante est attendue d’ici le').first().waitFor();
    await on().picture('lists', desk);
    await desk.button(WORDS.back).click();
    const { colour, codes } = await on().reading('age-18', { desk });
    assert.deepEqual({ colour, codes }, { colour: 'red', codes: ['certificate-revoked'] });
    await desk.forgets();
    const stale = desk.page.getByText('Une liste de révocation est périmée');
    assert.equal(await stale.count(), 0);

    await desk.page.clock.setSystemTime(Date.now() + 120 * DAY);
    await desk.button(WORDS.settings).click();
    await desk.page.getByText('périmée depuis le').first().waitFor();
    await desk.button(WORDS.back).click();
    await stale.waitFor();
    await desk.page.clock.setSystemTime(Date.now());
    await desk.button(WORDS.settings).click();
    const remove = desk.button(/^Retirer Listes de révocation/);
    assert.equal(await remove.count(), 1, 'in DER and in PEM it is one list');
    await remove.click();
    await desk.button(WORDS.removeReally).click();
    await desk.page.getByText('C’est retiré.').waitFor();
    assert.equal(await remove.count(), 0);
    await desk.button(WORDS.back).click();
    assert.equal((await on().reading('age-18', { desk })).colour, 'green');
    await desk.close();
  });

  test('what is removed is gone, once that is confirmed; in another window at once', async () => {
    const desk = await opened();
    await desk.page.setInputFiles('#authority-files', on().issuer.file('iaca.pem'));
    await desk.page.getByText(WORDS.authorityAdded).waitFor();
    await desk.button(WORDS.back).click();
    await desk.signsAs(on().issuer);
    const other = await desk.context.newPage();
    await other.goto(on().site.url);
    await other.getByText('Autorités ajoutées').waitFor();

    await desk.button(WORDS.settings).click();
    const removal = desk.page.getByRole('button', { name: /^Retirer / }).first();
    for (const table of ['authorities', 'own']) {
      const rows = async () => Object.entries((await kept(desk.page)).databases).find(([key]) => key.endsWith(table))[1].length;
      await removal.focus();
      await desk.page.keyboard.press('Enter');
      await desk.page.keyboard.press('Enter');
      assert.equal(await rows(), 1, 'Enter pressed twice keeps it');
      await removal.click();
      await desk.button(WORDS.removeReally).click();
      await desk.page.getByText('C’est retiré.').waitFor();
      assert.equal(await rows(), 0);
    }
    await other.getByText('Aucune autorité n’est ajoutée').waitFor();
    await desk.close();
  });

  test('a clock that says a day before the settings asks nothing', async () => {
    const desk = await on().open({ before: (page) => page.clock.install() });
    await desk.trusts(on().issuer.file('iaca.pem'));
    await desk.page.clock.setSystemTime(Date.now() - 2 * DAY);
    await desk.page.getByRole('button', { name: WORDS.ageOver18 }).first().click();
    await desk.warns('CW-1315');
    await desk.close();
  });

  test('trials at another path of the same origin share nothing', async () => {
    const desk = await on().open();
    await desk.trusts(on().issuer.file('iaca.pem'));
    await desk.opens(new URL('essai/', on().site.url).href);
    await desk.page.getByText('Aucune autorité n’est ajoutée').waitFor();
    await desk.close();
  });
}
