import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fetchToken } from './mskToken.late.ts';

// The AWS chain without AWS: what it finds in the environment and in files, and what a person reads when it finds nothing.

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aws-'));
  for (const name of Object.keys(process.env).filter((name) => name.startsWith('AWS_'))) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', path.join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'credentials'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** What the signed URL in a token says. */
async function signed(profile?: string) {
  const before = Date.now();
  const { value, expiresAt } = await fetchToken('eu-central-1', profile);
  const url = new URL(Buffer.from(value, 'base64url').toString());
  const credential = url.searchParams.get('X-Amz-Credential')?.split('/') ?? [];
  expect((expiresAt ?? 0) - before).toBeGreaterThan(60_000);
  return { host: url.host, action: url.searchParams.get('Action'), key: credential[0], region: credential[2] };
}
const msk = { host: 'kafka.eu-central-1.amazonaws.com', action: 'kafka-cluster:Connect', region: 'eu-central-1' };

it('takes credentials of the environment', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDENV');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hush');
  expect(await signed()).toEqual({ ...msk, key: 'AKIDENV' });
});

it('takes the named profile of the credentials file, though the environment has others', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDENV');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'hush');
  const profile = '[team]\naws_access_key_id = AKIDTEAM\naws_secret_access_key = hush\n';
  await writeFile(path.join(folder, 'credentials'), profile);
  expect(await signed('team')).toEqual({ ...msk, key: 'AKIDTEAM' });
});

it('says that there are none, and what to do', async () => {
  await expect(fetchToken('eu-central-1', undefined)).rejects.toMatchObject({
    kind: 'sasl',
    message: expect.stringMatching(
      /^No AWS credentials for MSK: .+\. Log in to AWS \(environment, profile or role\) and try again\.$/,
    ),
  });
});
