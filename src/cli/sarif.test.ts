import { createRequire } from 'node:module';
import path from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import addFormats from 'ajv-formats';
import Ajv from 'ajv-draft-04';
import { describe, expect, it } from 'vitest';
import { lintWorkspace } from '../core/dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../core/dapr/lintOptions.ts';
import { lintCommand } from './lint.ts';
import type { LintLine } from './lintLine.ts';
import { createOutput } from './output.ts';
import { sarif } from './sarif.ts';

const line = (more: Partial<LintLine>): LintLine => ({
  file: 'components/pub sub.yaml',
  line: 12,
  column: 14,
  endLine: 12,
  endColumn: 22,
  rule: 'K-03',
  severity: 'error',
  consequence: 'daprd-stops',
  message: 'daprd stops',
  fixes: ['Replace by oldest'],
  ...more,
});

it('is a log of version 2.1.0: what its schema requires, and nothing its schema does not know', () => {
  const info = line({ rule: 'C-05', severity: 'info', consequence: 'runs', message: 'note', fixes: [] });
  expect(sarif([line({}), info, line({ line: 20 })], '1.2.3')).toEqual({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'kafka-dapr',
            version: '1.2.3',
            rules: [
              { id: 'C-05', help: { text: 'docs/rules/C-05.md' } },
              { id: 'K-03', help: { text: 'docs/rules/K-03.md' } },
            ],
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          result('K-03', 1, 'error', 'daprd stops', 12, { consequence: 'daprd-stops', fixes: ['Replace by oldest'] }),
          result('C-05', 0, 'note', 'note', 12, { consequence: 'runs', fixes: [] }),
          result('K-03', 1, 'error', 'daprd stops', 20, { consequence: 'daprd-stops', fixes: ['Replace by oldest'] }),
        ],
      },
    ],
  });
});

it.each([
  ['c/#1 what?/ü%.yaml', '/repo/c/#1 what?/ü%.yaml'],
  ['a:b.yaml', '/repo/a:b.yaml'],
  ['../x/a b.yaml', '/x/a b.yaml'],
  ['/tmp/#1 a.yaml', '/tmp/#1 a.yaml'],
])('names %s by a URI that leads to it', (file, leads) => {
  const log = sarif([line({ file })], '1.2.3') as {
    runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
  };
  const uri = log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri ?? '';
  const url = new URL(uri, 'file:///repo/');
  expect(url.protocol).toBe('file:');
  expect(decodeURIComponent(url.pathname)).toBe(leads);
});

function result(ruleId: string, ruleIndex: number, level: string, text: string, startLine: number, properties: object) {
  const region = { startLine, startColumn: 14, endLine: 12, endColumn: 22 };
  const uri = 'components/pub%20sub.yaml';
  const locations = [{ physicalLocation: { artifactLocation: { uri }, region } }];
  return { ruleId, ruleIndex, level, message: { text }, locations, properties };
}

it('a run without findings is a log, too', () => {
  expect(lintWorkspace([], DEFAULT_LINT_OPTIONS).size).toBe(0);
  expect(sarif([], '1.2.3')).toMatchObject({ runs: [{ results: [], tool: { driver: { rules: [] } } }] });
});

/** The schema of the standard's last draft, and the one demand on what we write that errata 01 added to it. */
const schema = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as {
  definitions: { region: object };
};
Object.assign(schema.definitions.region, {
  anyOf: ['startLine', 'charOffset', 'byteOffset'].map((key) => ({ required: [key] })),
});
const validate = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })).compile(schema);

const FIXTURES = path.resolve(import.meta.dirname, '../../test/fixtures');

/** What the command prints, as a reader of its output gets it. */
async function printed(positionals: string[], options: Record<string, string> = {}, stdin = '') {
  let text = '';
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const out = createOutput(stdout, new PassThrough(), () => undefined);
  const exit = await lintCommand.run({
    options: { format: 'sarif', ...options },
    positionals,
    out,
    cwd: FIXTURES,
    stdin: Readable.from([stdin]),
    version: '1.2.3',
  } as unknown as Parameters<typeof lintCommand.run>[0]);
  await out.flush();
  const log = JSON.parse(text) as { runs: { results: { ruleId: string }[] }[] };
  return { exit, log, results: log.runs.flatMap((run) => run.results) };
}

describe('what kafka-dapr lint --format sarif prints validates against the schema of SARIF 2.1.0:', () => {
  it('70 files of other people', async () => {
    const { log, results } = await printed(['component-files']);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(new Set(results.map(({ ruleId }) => ruleId)).size).toBeGreaterThan(30);
  });

  it('stdin under a name with blanks and other letters, text that is no YAML, other severities', async () => {
    const text = 'apiVersion: dapr.io/v1alpha1\nkind: Component\n\tmetadata: "é\u{1f600}"\n';
    const { log, results, exit } = await printed(['-'], { 'stdin-filename': 'ein ordner/größe 100%.yaml' }, text);
    expect(results.map(({ ruleId }) => ruleId)).toEqual(['C-13']);
    expect(exit).toBe(1);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  });

  it('nothing found', async () => {
    const { log, results } = await printed(['-'], { 'stdin-filename': 'a.yaml' }, 'a: 1\n');
    expect(results).toEqual([]);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  });

  it('and options that contradict each other print nothing', async () => {
    const refused = (options: Record<string, unknown>) =>
      printed(['component-files'], options as Record<string, string>);
    await expect(refused({ json: true, format: 'sarif' })).rejects.toThrow('--json means --format json');
    await expect(refused({ 'stdin-filename': 'a.yaml' })).rejects.toThrow(
      '--stdin-filename names what is read from stdin',
    );
  });

  it('and what breaks the standard does not', () => {
    const broken = (more: Partial<LintLine>) => validate(sarif([line(more)], '1.2.3'));
    expect(broken({})).toBe(true);
    expect(broken({ line: 0 })).toBe(false);
    expect(validate({ ...(sarif([], '1') as object), version: '2.0.0' })).toBe(false);
  });
});
