import { describe, expect, it } from 'vitest';
import { parseLintConfig } from './config.ts';

describe('parseLintConfig', () => {
  it('reads every setting', () => {
    expect(
      parseLintConfig('daprVersion: "1.16.2"\nmode: kubernetes\nmaxWarnings: 3\nrules:\n  K-43: off\n  K-01: error\n'),
    ).toEqual({
      options: { daprVersion: '1.16.2', mode: 'kubernetes', severities: { 'K-43': 'off', 'K-01': 'error' } },
      maxWarnings: 3,
      problems: [],
    });
  });

  it('names what it does not understand and keeps the rest', () => {
    const config = parseLintConfig('mode: k8s\ndaprVersion: 1.18\nseverity: {}\nrules: { K-01: loud, K-02: info }\n');
    expect(config.options).toEqual({ severities: { 'K-02': 'info' } });
    expect(config.problems).toEqual([
      'kafka-dapr.config.yaml: mode takes self-hosted or kubernetes.',
      'kafka-dapr.config.yaml: daprVersion takes a version such as "1.18.0" (in quotes).',
      'kafka-dapr.config.yaml: "severity" is not a setting; there are daprVersion, mode, maxWarnings, rules and apps.',
      'kafka-dapr.config.yaml: rule K-01 takes error, warning, info or off.',
    ]);
  });

  it('takes apps, and says how when they are told in another way', () => {
    const told = 'apps:\n- appID: a\n- appID: b\n  subscriptions:\n  - { pubsubname: p, topic: t, from: x }\n';
    expect(parseLintConfig(told).problems).toEqual([]);
    for (const apps of ['a', '[a]', '[{id: a}]', '[{appID: a, subscriptions: [{topic: t}]}]', '[{appID: ""}]'])
      expect(parseLintConfig(`apps: ${apps}\n`).problems, apps).toEqual([
        'kafka-dapr.config.yaml: apps takes a list of apps with appID and, if wanted, subscriptions with pubsubname and topic.',
      ]);
  });

  it('reads a long file to its end', () => {
    const apps = Array.from({ length: 500 }, (_, i) => `- appID: app-${i}\n`).join('');
    expect(parseLintConfig(`apps:\n${apps}mode: kubernetes\n`)).toEqual({
      options: { mode: 'kubernetes' },
      problems: [],
    });
  });

  it('says that a file is not YAML', () => {
    expect(parseLintConfig('a: [').problems[0]).toMatch(/^kafka-dapr\.config\.yaml: not YAML: /);
    expect(parseLintConfig('').problems).toEqual([]);
    expect(parseLintConfig('- a').problems).toEqual(['kafka-dapr.config.yaml: a map of settings is expected.']);
  });
});
