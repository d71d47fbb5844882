import * as l10n from '@vscode/l10n';
import type { LintOptions } from './lintOptions.ts';
import { plainValue } from './yaml/nodes.ts';
import { parseYaml } from './yaml/parse.ts';

/** Name of the file that the command and the editor read; the nearest one upwards counts. */
export const CONFIG_FILE = 'kafka-dapr.config.yaml';

export interface LintConfig {
  options: Partial<LintOptions>;
  /** More warnings than this make the command fail. */
  maxWarnings?: number;
  /** What is wrong with the file, each a sentence; the rest of it counts. */
  problems: string[];
}

/**
 * Reads a `kafka-dapr.config.yaml`:
 *
 *     daprVersion: 1.18.0
 *     mode: self-hosted        # or kubernetes
 *     maxWarnings: 0
 *     rules: { K-43: off, K-01: error }
 *     apps:                    # what no other file tells, see readDeclaredSubscriptions
 *       - appID: orders-api
 *         subscriptions:       # made in code
 *           - { pubsubname: shop, topic: orders, deadLetterTopic: orders-dlq, route: /orders }
 */
export function parseLintConfig(text: string): LintConfig {
  const config: LintConfig = { options: {}, problems: [] };
  const problem = (message: string) => config.problems.push(`${CONFIG_FILE}: ${message}`);
  const { root, error } = parseYaml(text);
  if (error) {
    problem(l10n.t('not YAML: {0}', error.reason));
    return config;
  }
  const content: unknown = root ? plainValue(root) : null;
  if (content == null) return config;
  if (!isMap(content)) {
    problem(l10n.t('a map of settings is expected.'));
    return config;
  }
  for (const [key, value] of Object.entries(content)) {
    switch (key) {
      case 'daprVersion':
        if (typeof value === 'string' && /^\d+\.\d+(\.\d+)?$/.test(value)) config.options.daprVersion = value;
        else problem(l10n.t('daprVersion takes a version such as "1.18.0" (in quotes).'));
        break;
      case 'mode':
        if (value === 'self-hosted' || value === 'kubernetes') config.options.mode = value;
        else problem(l10n.t('mode takes self-hosted or kubernetes.'));
        break;
      case 'maxWarnings':
        if (typeof value === 'number' && Number.isInteger(value) && value >= 0) config.maxWarnings = value;
        else problem(l10n.t('maxWarnings takes a whole number.'));
        break;
      case 'rules':
        config.options.severities = severities(value, problem);
        break;
      case 'apps':
        if (!isListOfApps(value))
          problem(
            l10n.t('apps takes a list of apps with appID and, if wanted, subscriptions with pubsubname and topic.'),
          );
        break;
      default:
        problem(l10n.t('"{0}" is not a setting; there are daprVersion, mode, maxWarnings, rules and apps.', key));
    }
  }
  return config;
}

function severities(value: unknown, problem: (message: string) => void): LintOptions['severities'] {
  const result: LintOptions['severities'] = {};
  if (!isMap(value)) {
    problem(l10n.t('rules takes a map such as "K-43: off".'));
    return result;
  }
  for (const [rule, severity] of Object.entries(value)) {
    // YAML 1.1 habits: `off` may arrive as false.
    const wanted = severity === false ? 'off' : severity;
    if (wanted === 'error' || wanted === 'warning' || wanted === 'info' || wanted === 'off') result[rule] = wanted;
    else problem(l10n.t('rule {0} takes error, warning, info or off.', rule));
  }
  return result;
}

function isListOfApps(value: unknown): boolean {
  const texts = (map: unknown, ...names: string[]) =>
    isMap(map) && names.every((name) => typeof map[name] === 'string' && map[name] !== '');
  const isSubscription = (item: unknown) => texts(item, 'pubsubname', 'topic');
  return (
    Array.isArray(value) &&
    value.every((app: unknown) => {
      if (!isMap(app) || !texts(app, 'appID')) return false;
      const list = app['subscriptions'] ?? [];
      return Array.isArray(list) && list.every(isSubscription);
    })
  );
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
