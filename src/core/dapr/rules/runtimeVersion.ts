import * as l10n from '@vscode/l10n';
import type { LintOptions } from '../lintOptions.ts';
import { atLeast, type Rule } from './rule.ts';

/** Bugs of released runtimes by which messages are lost, doubled or not delivered: from the first version to before `fixed`. */
const BUGS: readonly { from: string; fixed: string; what: () => string; source: string }[] = [
  {
    from: '1.11.0',
    fixed: '1.12.3',
    what: () => l10n.t('the group is made anew for every topic that is added'),
    source: 'dapr/components-contrib#3249',
  },
  {
    from: '1.12.0',
    fixed: '1.12.2',
    what: () => l10n.t('committed offsets vanish minutes after the last member has left'),
    source: 'dapr/components-contrib#3234',
  },
  {
    from: '0.0.0',
    fixed: '1.14.2',
    what: () => l10n.t('a message is lost when daprd is killed while it retries it'),
    source: 'release notes 1.14.2',
  },
  {
    from: '0.0.0',
    fixed: '1.15.0',
    what: () => l10n.t('a message is lost when its copy to the dead letter topic fails'),
    source: 'pkg/runtime/subscription of 1.14.5 and 1.15.0',
  },
  {
    from: '0.0.0',
    fixed: '1.15.6',
    what: () => l10n.t('a message is lost when a rebalance interrupts its retries'),
    source: 'dapr/dapr#8796',
  },
  {
    from: '0.0.0',
    fixed: '1.17.7',
    what: () => l10n.t('messages under way are received twice after a graceful stop'),
    source: 'release notes 1.17.7',
  },
];

function bugsOf(options: LintOptions) {
  return BUGS.filter(({ from, fixed }) => atLeast(options, from) && !atLeast(options, fixed));
}

export const runtimeVersionRules: readonly Rule[] = [
  {
    id: 'K-66',
    severity: 'warning',
    *check(component, { options }) {
      if (component.type !== 'pubsub.kafka' || component.typeNode === undefined) return;
      const bugs = bugsOf(options);
      if (bugs.length === 0) return;
      yield {
        range: component.typeNode.range,
        message: l10n.t(
          'Known bugs of Dapr {0} with Kafka: {1}.',
          options.daprVersion,
          bugs.map(({ what, fixed, source }) => l10n.t('{0} (fixed in {1}: {2})', what(), fixed, source)).join('; '),
        ),
      };
    },
  },
];
