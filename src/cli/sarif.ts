import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ruleDocPath } from '../core/dapr/rules/ruleDocs.ts';
import type { LintLine } from './lintLine.ts';

const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const;

/** A SARIF 2.1.0 log (OASIS Standard 2020-03-27) of one lint run. Columns are UTF-16 units, as SARIF's default says. */
export function sarif(findings: readonly LintLine[], version: string): unknown {
  const rules = [...new Set(findings.map((finding) => finding.rule))].sort();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'kafka-dapr',
            version,
            rules: rules.map((id) => ({ id, help: { text: ruleDocPath(id) } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: rules.indexOf(finding.rule),
          level: LEVEL[finding.severity],
          message: { text: finding.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(finding.file) },
                region: {
                  startLine: finding.line,
                  startColumn: finding.column,
                  endLine: finding.endLine,
                  endColumn: finding.endColumn,
                },
              },
            },
          ],
          properties: { consequence: finding.consequence, fixes: finding.fixes },
        })),
      },
    ],
  };
}

/**
 * A path as a relative reference, a whole one as a URI; `?` and `#` may stand in a name, and would end the path of a
 * URI, and a colon in its first part would end its scheme.
 */
function uriOf(file: string): string {
  if (path.isAbsolute(file)) return pathToFileURL(file).href;
  const uri = encodeURI(file).replace(/[?#]/g, encodeURIComponent);
  return /^[^/]*:/.test(uri) ? `./${uri}` : uri;
}
