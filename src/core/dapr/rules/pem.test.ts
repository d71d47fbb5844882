import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { verdictOf, withItems } from './variations.fixture.ts';

/** Why real components did not start with a certificate or key (null: they did): see `source` in the file. */
const { certificates, keys, pairs, caCerts } = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, '../../../../test/fixtures/pem-values.json'), 'utf8'),
) as {
  certificates: Record<string, string>;
  keys: Record<string, string>;
  pairs: Record<string, Record<string, string | null>>;
  caCerts: Record<string, { text: string } & Record<'certificate' | 'none' | 'oidc', string | null>>;
};

const verdict = (error: string | null | undefined) => (error === null ? 'runs' : 'stops');
const quoted = (text: string | undefined) => JSON.stringify(text);

const OIDC = 'oidcTokenEndpoint: http://127.0.0.1:1/t\noidcClientID: c\noidcClientSecret: s\n';

describe.each(Object.entries(caCerts))('a caCert with %j', (_what, { text, ...errors }) => {
  it.each(Object.entries(errors))('for authType %s', (authType, error) => {
    const items = `authType: ${authType}\n${authType === 'oidc' ? OIDC : ''}caCert: ${quoted(text)}`;
    expect(verdictOf(withItems(items))).toBe(verdict(error));
  });
});

describe.each(Object.entries(pairs))('the certificate %s', (certificate, errors) => {
  it.each(Object.entries(errors))('and the key %s', (key, error) => {
    const cert = quoted(certificates[certificate]);
    const items = `authType: mtls\ncaCert: ${cert}\nclientCert: ${cert}\nclientKey: ${quoted(keys[key])}`;
    expect(verdictOf(withItems(items))).toBe(verdict(error));
  });
});
