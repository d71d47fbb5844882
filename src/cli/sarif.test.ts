import { expect, it } from 'vitest';
import { lintWorkspace } from '../core/dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../core/dapr/workspace.ts';
import type { LintLine } from './lintLine.ts';
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
