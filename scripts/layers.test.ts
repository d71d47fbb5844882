import { RuleTester } from 'eslint';
import { it } from 'vitest';
import { layersRule } from './layers.mjs';

RuleTester.it = it;
RuleTester.describe = (_, run) => run();

const at = (filename: string, code: string) => ({ filename: `${import.meta.dirname}/../${filename}`, code });
const tester = new RuleTester();

tester.run('layers', layersRule, {
  valid: [
    at('src/core/scan/tail.ts', "import { x } from '../kafka/profile.ts'"),
    at('src/core/kafka/transport/a.ts', "import kafkajs from 'kafkajs'"),
    at('src/editor/messages/a.ts', "import * as vscode from 'vscode'"),
    at('src/extension.ts', "import './editor/explorer/tree.ts'; import './core/dapr/finding.ts'"),
    at('src/core/kafka/a.ts', "import net from 'node:net'"),
    at('src/core/dapr/help/a.test.ts', "import { helpTexts } from '../../../../scripts/helpTexts.mjs'"),
  ],
  invalid: [
    { ...at('src/core/kafka/a.ts', "import { x } from '../dapr/finding.ts'"), errors: [{ messageId: 'layer' }] },
    { ...at('src/core/dapr/a.ts', "export * from '../kafka/profile.ts'"), errors: [{ messageId: 'layer' }] },
    { ...at('src/editor/messages/a.ts', "import '../explorer/tree.ts'"), errors: [{ messageId: 'layer' }] },
    {
      ...at('src/editor/componentFiles/a.ts', "await import('../../core/forecast/x.ts')"),
      errors: [{ messageId: 'layer' }],
    },
    { ...at('src/core/scan/a.ts', "import * as vscode from 'vscode'"), errors: [{ messageId: 'vscode' }] },
    { ...at('src/core/kafka/read/a.ts', "import { Kafka } from 'kafkajs'"), errors: [{ messageId: 'kafkajs' }] },
    { ...at('src/core/dapr/a.ts', "import '../../../scripts/helpTexts.mjs'"), errors: [{ messageId: 'layer' }] },
    { ...at('src/core/dapr/a.ts', "import fs from 'node:fs'"), errors: [{ messageId: 'node' }] },
    { ...at('src/shared/a.ts', "import { x } from '../core/scan/a.ts'"), errors: [{ messageId: 'layer' }] },
  ],
});
