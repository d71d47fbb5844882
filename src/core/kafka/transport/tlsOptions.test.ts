import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tlsOptions } from './tlsOptions.ts';

test('a file of CAs without a certificate is named, instead of trusting nobody', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tls-options-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const caFile = path.join(folder, 'ca.pem');
  fs.writeFileSync(caFile, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
  await expect(tlsOptions({ caFile }, {})).rejects.toMatchObject({
    kind: 'tls',
    message: `The file ${caFile} has no certificate in PEM form.`,
  });
});
