import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../lintOptions.ts';
import { lintWorkspace } from './lint.ts';

// Files in the spirit of the recorded ones (test/fixtures/dapr-scenarios.json), and what the text of daprd's code makes of
// each: does it stop, leave the document out, or run with it?

export type Verdict = 'stops' | 'not loaded' | 'runs';

export function verdictOf(text: string, options: Partial<LintOptions> = {}): Verdict {
  const findings = [...lintWorkspace([{ path: 'c.yaml', text }], { ...DEFAULT_LINT_OPTIONS, ...options }).values()];
  const seen = new Set(findings.flat().map((finding) => finding.consequence));
  return seen.has('daprd-stops') ? 'stops' : seen.has('not-loaded') ? 'not loaded' : 'runs';
}

/** `name: value` lines become items, with brokers and authType unless they are among them. */
export function withItems(lines: string, type = 'pubsub.kafka', before = ''): string {
  const own = lines === '' ? [] : lines.split('\n');
  const has = (name: string) => own.some((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  const all = [
    ...(has('brokers') ? [] : ['brokers: "127.0.0.1:9092"']),
    ...(has('authType') || has('authRequired') ? [] : ['authType: "none"']),
    ...own,
  ];
  const items = all.map((line) => {
    const at = line.indexOf(': ');
    const value = line.slice(at + 2).replaceAll('⏎', '\n');
    return `  - name: ${line.slice(0, at)}\n    ${value.startsWith('!') ? value.slice(1) : `value: ${value}`}\n`;
  });
  return `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: kpub\n${before}spec:\n  type: ${type}\n  version: v1\n  metadata:\n${items.join('')}`;
}
