import * as l10n from '@vscode/l10n';
import { fieldOf } from '../catalog/catalog.ts';
import { isKafka, itemOf, looseItemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import { hasNoList, missingRange } from './initialOffset.ts';
import { addItem, remove, replaceScalar, setValue } from './edits.ts';
import { parseGoBool } from '../delivery/dryRun.ts';
import { isRead } from './durations.ts';
import { goRegexFault } from './goRegex.ts';
import { integerError } from './integerText.ts';
import { atLeast, type Rule } from './rule.ts';
import { versionOrder } from '../version.ts';

/** A value that is known and stands in the file. */
function written(
  item: MetadataItem | undefined,
): { item: MetadataItem; text: string; range: { start: number; end: number } } | undefined {
  const value = valueOf(item);
  if (item === undefined || !value.known) return undefined;
  return { item, text: value.text, range: (item.valueNode ?? item.nameNode ?? item.node).range };
}

function replaceBy(component: Component, item: MetadataItem, words: readonly string[], preferred?: string) {
  return words.flatMap((word) => {
    const edit = setValue(item, word, component.document);
    return edit === undefined
      ? []
      : [{ title: l10n.t('Replace by {0}', word), edits: [edit], ...(word === preferred ? { preferred: true } : {}) }];
  });
}

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

export const kafkaValueRules: readonly Rule[] = [
  {
    id: 'K-34',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component, { options }) {
      // 1.14.0 ignores the field.
      if (!isKafka(component) || !atLeast(options, '1.16.0')) return;
      const item = looseItemOf(component, 'excludeHeaderMetaRegex');
      const value = valueOf(item);
      // What looks like a placeholder, `(?<name>…)`, is a part of the expression.
      const text = value.known ? value.text : item?.placeholder && item.value;
      const fault = text && goRegexFault(text);
      if (!item?.valueNode || !fault) return;
      yield {
        range: item.valueNode.range,
        fatal: 'panic',
        message: l10n.t(
          'daprd panics and stops (exit 2): "{0}" is no regular expression of Go (RE2), which has no look-around and no back references.',
          fault.found,
        ),
      };
    },
  },
  {
    id: 'K-37',
    severity: 'warning',
    *check(component, { options }) {
      if (!isKafka(component) || !atLeast(options, '1.16.0')) return;
      const found = written(looseItemOf(component, 'consumerGroupRebalanceStrategy'));
      if (found === undefined || ['range', 'sticky', 'roundrobin'].includes(found.text.toLowerCase())) return;
      const meant = /sticky/i.test(found.text) ? 'sticky' : /robin/i.test(found.text) ? 'roundrobin' : 'range';
      yield {
        range: found.range,
        message: l10n.t(
          'daprd only warns "Invalid consumer group rebalance strategy: {0}. Using default strategy: \'range\'". It knows range, sticky and roundrobin.',
          found.text,
        ),
        fixes: replaceBy(component, found.item, [meant], meant),
      };
    },
  },
  {
    id: 'K-38',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component, { options }) {
      if (!isKafka(component) || !atLeast(options, '1.16.0')) return;
      const found = written(looseItemOf(component, 'compression'));
      if (found === undefined || found.text === '') return;
      const version = valueOf(looseItemOf(component, 'version'));
      const text = version.known ? (version.text === '' ? '2.0.0' : version.text) : undefined;
      const old =
        text !== undefined && /^\d+(\.\d+)+$/.test(text) && versionOrder(text) < versionOrder('2.1.0')
          ? text
          : undefined;
      if (!CODECS.includes(found.text)) {
        const meant = CODECS.find((codec) => codec === found.text.trim().toLowerCase());
        const fit = CODECS.filter((codec) => codec !== 'zstd' || old === undefined);
        yield {
          range: found.range,
          message: l10n.t(
            'daprd stops: kafka error: invalid compression: {0}. It knows none, gzip, snappy, lz4 and zstd, in lower case.',
            found.text,
          ),
          fixes: replaceBy(component, found.item, meant === undefined ? fit : [meant], meant),
        };
        return;
      }
      if (found.text !== 'zstd' || old === undefined) return;
      const versionItem = looseItemOf(component, 'version');
      const edit =
        versionItem === undefined
          ? addItem(component, 'version', '2.1.0')
          : setValue(versionItem, '2.1.0', component.document);
      yield {
        range: found.range,
        message: l10n.t('daprd stops: zstd compression requires Version >= V2_1_0_0; version is {0}.', old),
        fixes:
          edit === undefined ? [] : [{ title: l10n.t('Set version to {0}', '2.1.0'), edits: [edit], preferred: true }],
      };
    },
  },
  {
    id: 'K-39',
    severity: 'warning',
    *check(component) {
      if (!isKafka(component)) return;
      for (const item of component.metadata) {
        const lower = item.name.toLowerCase();
        // Each of these has a rule of its own.
        if (
          item.nameNode === undefined ||
          ['initialoffset', 'consumerid'].includes(lower) ||
          lower.startsWith('backoff')
        )
          continue;
        const field = fieldOf(component.type, item.name);
        if (field === undefined || field.name === item.name) continue;
        if (field.exactCase !== true && field.name !== 'consumeRetryInterval') continue;
        if (itemOf(component, field.name) !== undefined) continue;
        yield {
          range: item.nameNode.range,
          message:
            field.name === 'consumeRetryInterval'
              ? l10n.t(
                  'In this spelling a bare number counts as seconds instead of milliseconds; the exact name is consumeRetryInterval.',
                )
              : l10n.t(
                  'daprd ignores "{0}" without a message: this field is read in its exact spelling only, {1}.',
                  item.name,
                  field.name,
                ),
          fixes: [
            {
              title: l10n.t('Rename to {0}', field.name),
              edits: [replaceScalar(item.nameNode, field.name)],
              preferred: true,
            },
          ],
        };
      }
    },
  },
  {
    id: 'K-40',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component) {
      if (!isKafka(component)) return;
      const found = written(looseItemOf(component, 'version'));
      if (found === undefined || found.text === '' || isKafkaVersion(found.text)) return;
      const meant = likelyVersion(found.text);
      yield {
        range: found.range,
        message: l10n.t(
          'daprd stops: kafka error: invalid kafka version: "{0}". It wants three numbers such as 2.8.0 (four only below 1.0: 0.11.0.2).',
          found.text,
        ),
        fixes: replaceBy(component, found.item, [meant], meant),
      };
    },
  },
  {
    id: 'K-41',
    severity: 'warning',
    *check(component, { options }) {
      if (!isKafka(component)) return;
      const found = written(looseItemOf(component, 'version'));
      const old = found !== undefined && isKafkaVersion(found.text) && found.text.startsWith('0.');
      const client = written(looseItemOf(component, 'clientID'));
      if (
        (old || !atLeast(options, '1.13.0')) &&
        client !== undefined &&
        client.text !== '' &&
        !/^[A-Za-z0-9._-]+$/.test(client.text) &&
        !/\{[A-Za-z]+\}/.test(client.text)
      )
        yield {
          range: client.range,
          severity: 'error',
          consequence: 'daprd-stops',
          message: l10n.t(
            'daprd stops: kafka: invalid configuration (ClientID value "{0}" is not valid for Kafka versions before 1.0.0).',
            client.text,
          ),
        };
      if (!old) return;
      const [, minor = 0, patch = 0] = found.text.split('.').map(Number);
      const fixes = replaceBy(component, found.item, ['2.0.0'], '2.0.0');
      // Older runtimes make the group when the first topic is subscribed, and try again.
      if ((minor < 10 || (minor === 10 && patch < 2)) && atLeast(options, '1.14.0'))
        yield {
          range: found.range,
          severity: 'error',
          consequence: 'daprd-stops',
          message: l10n.t(
            'daprd stops: consumer groups require Version to be >= V0_10_2_0; version is {0}.',
            found.text,
          ),
          fixes,
        };
      else if (minor <= 10)
        yield {
          range: found.range,
          message: l10n.t(
            'With version {0} nothing is received from Kafka 4 and nothing can be published (EOF), without an error in the log; messages cannot have headers.',
            found.text,
          ),
          fixes,
        };
    },
  },
  {
    id: 'K-42',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component, { options }) {
      if (!isKafka(component) || !atLeast(options, '1.18.2')) return;
      const acks = written(looseItemOf(component, 'producerRequiredAcks'));
      if (acks !== undefined && acks.text !== '' && !['all', 'local', 'none'].includes(acks.text.toLowerCase())) {
        const meant = { '-1': 'all', '1': 'local', '0': 'none' }[acks.text.trim()];
        yield {
          range: acks.range,
          message: l10n.t(
            'daprd stops: kafka error: invalid value for \'producerRequiredAcks\': "{0}" (must be "all", "local", or "none").',
            acks.text,
          ),
          fixes: replaceBy(component, acks.item, meant === undefined ? ['all', 'local', 'none'] : [meant], meant),
        };
      }
      const retries = written(looseItemOf(component, 'producerRetryMax'));
      if (retries === undefined || retries.text === '') return;
      if (integerError(retries.text, 'Int') !== undefined)
        yield {
          range: retries.range,
          message: l10n.t('daprd stops: cannot parse \'producerRetryMax\' as int: "{0}".', retries.text),
          fixes: replaceBy(component, retries.item, ['5'], '5'),
        };
      else if (/^-.*[1-9a-fA-F]/.test(retries.text))
        yield {
          range: retries.range,
          message: l10n.t(
            "daprd stops: kafka error: invalid value for 'producerRetryMax': {0} (must be >= 0).",
            retries.text,
          ),
          fixes: replaceBy(component, retries.item, ['5'], '5'),
        };
    },
  },
  {
    id: 'K-43',
    severity: 'info',
    *check(component) {
      if (
        !isKafka(component) ||
        component.document.conditional ||
        hasNoList(component) ||
        looseItemOf(component, 'clientID') !== undefined ||
        component.metadataEntry === undefined
      )
        return;
      const edit = addItem(component, 'clientID', '{appID}');
      yield {
        range: missingRange(component),
        message: l10n.t(
          'Without clientID the group’s members all appear as "sarama": nobody can tell the apps apart in a list of members.',
        ),
        fixes: edit === undefined ? [] : [{ title: l10n.t('Add {0}', 'clientID: "{appID}"'), edits: [edit] }],
      };
    },
  },
  {
    id: 'K-45',
    severity: 'info',
    *check(component, { options }) {
      if (!isKafka(component)) return;
      const authType = valueOf(looseItemOf(component, 'authType'));
      for (const item of component.metadata) {
        const field = fieldOf(component.type, item.name);
        if (item.nameNode === undefined || field?.deprecated === undefined) continue;
        if (field.name !== 'authRequired') {
          if (!isRead(component, field.deprecated, options)) continue;
          const free = itemOf(component, field.deprecated) === undefined;
          yield {
            range: item.nameNode.range,
            message: l10n.t(
              '{0} is the older name of {1}, which wins where both are set.',
              item.name,
              field.deprecated,
            ),
            fixes: free
              ? [
                  {
                    title: l10n.t('Rename to {0}', field.deprecated),
                    edits: [replaceScalar(item.nameNode, field.deprecated)],
                    preferred: true,
                  },
                ]
              : [],
          };
          continue;
        }
        const value = written(item);
        const unused = !authType.known || authType.text !== '';
        if (!unused && value !== undefined && value.text !== '' && parseGoBool(value.text) === undefined) {
          yield {
            range: value.range,
            severity: 'error',
            consequence: 'daprd-stops',
            message: l10n.t(
              'daprd stops: kafka error: invalid value for \'authRequired\' attribute: "{0}" is neither true nor false.',
              value.text,
            ),
          };
          continue;
        }
        yield {
          range: item.nameNode.range,
          message: unused
            ? l10n.t('authRequired has no effect beside authType.')
            : l10n.t('authRequired is deprecated: use authType (none, password, mtls …).'),
          fixes: unused
            ? [
                {
                  title: l10n.t('Remove "{0}"', item.name),
                  edits: [remove(item.node, component.document)],
                  preferred: true,
                },
              ]
            : [],
        };
      }
    },
  },
  {
    id: 'K-46',
    severity: 'info',
    *check(component, { options }) {
      if (!isKafka(component)) return;
      for (const item of component.metadata) {
        const field = fieldOf(component.type, item.name);
        if (item.nameNode === undefined || field?.since === undefined || atLeast(options, field.since)) continue;
        yield {
          range: item.nameNode.range,
          message: l10n.t(
            'daprd {0} ignores {1} without a message: it knows the field from {2} on.',
            options.daprVersion,
            field.name,
            field.since,
          ),
        };
      }
    },
  },
];

/** SAR:utils.go:320-350. */
function isKafkaVersion(text: string): boolean {
  return text.length >= 5 && /^(0\.\d+\.\d+\.\d+|[1-9]\d*\.\d+\.\d+)$/.test(text);
}

function likelyVersion(text: string): string {
  const numbers = text.match(/\d+/g) ?? [];
  if (numbers.length === 0 || numbers[0] === '0') return '2.8.0';
  return [numbers[0], numbers[1] ?? '0', numbers[2] ?? '0'].join('.');
}
