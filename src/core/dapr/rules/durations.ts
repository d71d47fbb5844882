import * as l10n from '@vscode/l10n';
import { fieldOf } from '../catalog/catalog.ts';
import { isKafka, itemOf, looseItemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import { durationText, goDurationError, isBareInteger, parseDuration } from './durationText.ts';
import { setValue } from './edits.ts';
import { integerError } from './integerText.ts';
import { atLeast, type Problem, type Rule } from './rule.ts';
import type { LintOptions } from '../lintOptions.ts';

interface Duration {
  item: MetadataItem;
  name: string;
  text: string;
  unit: 's' | 'ms';
  backOff: boolean;
}

/** undefined: daprd refuses the text. */
function milliseconds({ text, unit, backOff }: Duration): number | undefined {
  return backOff && text === '' ? undefined : parseDuration(text, unit);
}

/** Duration fields with a text that the file tells and that the configured runtime reads. */
function* durations(component: Component, options: LintOptions): Generator<Duration> {
  if (!isKafka(component)) return;
  for (const item of component.metadata) {
    const field = fieldOf(component.type, item.name);
    if (field?.type !== 'duration' || item.nameNode === undefined) continue;
    if (/^backoff/i.test(item.name) && !item.name.startsWith('backOff')) continue;
    if (!isRead(component, field.name, options)) continue;
    const value = valueOf(item);
    if (!value.known || itemOf(component, item.name) !== item) continue;
    // Only the exact key consumeRetryInterval gets its integers read as milliseconds (CC:common/component/kafka/metadata.go:371).
    const exactUnit =
      field.name === 'consumeRetryInterval' && item.name !== field.name ? 's' : (field.integerUnit ?? 's');
    yield { item, name: field.name, text: value.text, unit: exactUnit, backOff: field.name.startsWith('backOff') };
  }
}

function range(item: MetadataItem) {
  const { valueNode, nameNode, node } = item;
  return valueNode !== undefined && valueNode.range.end > valueNode.range.start
    ? valueNode.range
    : (nameNode ?? node).range;
}

function replacements(component: Component, item: MetadataItem, ...texts: string[]): NonNullable<Problem['fixes']> {
  return texts.flatMap((text) => {
    const edit = setValue(item, text, component.document);
    return edit === undefined ? [] : [{ title: l10n.t('Replace by {0}', text), edits: [edit] }];
  });
}

/** Runtimes read no field before the version that brought it. */
export function isRead(component: Component, name: string, options: LintOptions): boolean {
  const since = fieldOf(component.type, name)?.since;
  return since === undefined || atLeast(options, since);
}

/** Length of one of the two group timings, or its default; unknown when the file does not tell or it does not parse. */
function timing(component: Component, name: string, fallback: number): number | undefined {
  const value = valueOf(looseItemOf(component, name));
  if (!value.known) return undefined;
  return looseItemOf(component, name) === undefined ? fallback : parseDuration(value.text, 's');
}

const CONFIGURATION = 'kafka: invalid configuration';

/** Why sarama refuses the group timings (SAR:config.go:875-879), and which field to show it at. */
function timingProblem(
  component: Component,
  options: LintOptions,
): { name: string; text: string; fix: string } | undefined {
  if (!isRead(component, 'sessionTimeout', options)) return undefined;
  const session = timing(component, 'sessionTimeout', 10_000);
  const heartbeat = timing(component, 'heartbeatInterval', 3000);
  if (session === undefined || heartbeat === undefined) return undefined;
  // "must be >= 2ms", and yet 2ms is refused.
  if (session <= 2)
    return {
      name: 'sessionTimeout',
      text: `${CONFIGURATION} (Consumer.Group.Session.Timeout must be >= 2ms)`,
      fix: '10s',
    };
  if (heartbeat < 1)
    return {
      name: 'heartbeatInterval',
      text: `${CONFIGURATION} (Consumer.Group.Heartbeat.Interval must be >= 1ms)`,
      fix: '3s',
    };
  if (heartbeat < session) return undefined;
  const name = looseItemOf(component, 'heartbeatInterval') === undefined ? 'sessionTimeout' : 'heartbeatInterval';
  return {
    name,
    text: `${CONFIGURATION} (Consumer.Group.Heartbeat.Interval must be < Consumer.Group.Session.Timeout)`,
    fix: name === 'sessionTimeout' ? '10s' : session > 3000 ? '3s' : `${Math.max(1, Math.floor(session / 3))}ms`,
  };
}

function* integerProblems(component: Component, options: LintOptions): Generator<Problem> {
  if (!isKafka(component)) return;
  for (const { name, exact, check, fix } of INTEGERS) {
    const item = exact ? itemOf(component, name) : looseItemOf(component, name);
    const value = valueOf(item);
    if (item === undefined || !value.known || value.text === '' || !isRead(component, name, options)) continue;
    const text = check(value.text);
    if (text === undefined) continue;
    yield { range: range(item), message: l10n.t('daprd stops: {0}', text), fixes: replacements(component, item, fix) };
  }
}

function isUint32(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) < 2 ** 32;
}

const INTEGERS: readonly { name: string; exact: boolean; check: (text: string) => string | undefined; fix: string }[] =
  [
    {
      name: 'maxMessageBytes',
      exact: false,
      check: (text) =>
        parsing(text, integerError(text, 'Int'), "cannot parse 'maxMessageBytes' as int: strconv.ParseInt"),
      fix: '1048576',
    },
    {
      name: 'channelBufferSize',
      exact: true,
      check: (text) =>
        parsing(text, integerError(text, 'Int', true), 'strconv.Atoi') ??
        (Number(text) < 0
          ? `${CONFIGURATION} (ChannelBufferSize must be >= 0)`
          : // 16 bytes each, at once.
            Number(text) > 2e9
            ? 'runtime: out of memory'
            : undefined),
      fix: '256',
    },
    { name: 'consumerFetchMin', exact: true, check: (text) => fetchSize(text, 'Min'), fix: '1' },
    { name: 'consumerFetchDefault', exact: true, check: (text) => fetchSize(text, 'Default'), fix: '1048576' },
  ];

function parsing(text: string, error: string | undefined, by: string): string | undefined {
  return error && `${by}: parsing ${JSON.stringify(text)}: ${error}`;
}

function fetchSize(text: string, which: string): string | undefined {
  return (
    parsing(text, integerError(text, 'Int32', true), 'strconv.ParseInt') ??
    (Number(text) <= 0 ? `${CONFIGURATION} (Consumer.Fetch.${which} must be > 0)` : undefined)
  );
}

const GO_FLOAT =
  /^(?:[-+]?(?:(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:e[-+]?\d+)?|0x_?[\da-f]*\.?[\da-f]*p[-+]?\d+|inf(?:inity)?)|nan)$/i;

/** Go refuses what is too large for 32 bits. */
const isFloat32 = (text: string) =>
  GO_FLOAT.test(text) && !(/^[-+]?[\d.]/.test(text) && Math.abs(Math.fround(Number(text))) === Infinity);

/** Texts of the retry policy that is decoded by prefix: daprd names the field without `backOff`. */
function backOffProblem(name: string, text: string): { text: string; fix: string } | undefined {
  const quoted = JSON.stringify(text);
  switch (name) {
    case 'backOffPolicy':
      return /^(?:constant|exponential)$/i.test(text)
        ? undefined
        : {
            text: `error decoding 'policy': invalid PolicyType ${quoted}: unexpected back off policy type: ${text}`,
            fix: 'constant',
          };
    case 'backOffMaxRetries':
      return integerError(text, 'Int', true) === undefined
        ? undefined
        : { text: `error decoding 'maxRetries': invalid int64 ${quoted}`, fix: '-1' };
    case 'backOffMultiplier':
    case 'backOffRandomizationFactor': {
      const field = name === 'backOffMultiplier' ? 'multiplier' : 'randomizationFactor';
      return isFloat32(text)
        ? undefined
        : {
            text: `error decoding '${field}': invalid float32 ${quoted}`,
            fix: name === 'backOffMultiplier' ? '1.5' : '0.5',
          };
    }
    default:
      return undefined;
  }
}

/** Lengths that are probably a wrong unit: upper limit in ms and what to use. */
const IMPLAUSIBLE: Record<string, { above: number; fix: string }> = {
  consumeRetryInterval: { above: 60_000, fix: '100ms' },
  clientConnectionTopicMetadataRefreshInterval: { above: 3_600_000, fix: '8m' },
  backOffDuration: { above: 600_000, fix: '5s' },
};

export const durationRules: readonly Rule[] = [
  {
    id: 'K-24',
    severity: 'warning',
    *check(component, { options }) {
      for (const duration of durations(component, options)) {
        const { item, text, unit, name } = duration;
        if (!isBareInteger(text) || Number(text) === 0) continue;
        const ms = milliseconds(duration);
        if (ms === undefined) continue;
        yield {
          range: range(item),
          message:
            unit === 's'
              ? l10n.t('A bare number is seconds in {0}: daprd reads {1}.', name, durationText(ms))
              : l10n.t('A bare number is milliseconds in {0}: daprd reads {1}.', name, durationText(ms)),
          fixes: replacements(
            component,
            item,
            `${text}${unit === 's' ? 's' : 'ms'}`,
            `${text}${unit === 's' ? 'ms' : 's'}`,
          ),
        };
      }
    },
  },
  {
    id: 'K-25',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component, { options }) {
      for (const duration of durations(component, options)) {
        const { item, name, text, backOff, unit } = duration;
        if (backOff) continue;
        const ms = milliseconds(duration);
        if (ms === undefined) {
          yield {
            range: range(item),
            message: l10n.t("daprd stops: error decoding '{0}': {1}", name, goDurationError(text)),
            fixes: replacements(component, item, fieldOf(component.type, name)?.codeDefault ?? '5s'),
          };
        } else if (name === 'consumeRetryInterval' && unit === 'ms' && isBareInteger(text) && !isUint32(text)) {
          const why = /^\d/.test(text) ? 'value out of range' : 'invalid syntax';
          yield {
            range: range(item),
            message: l10n.t(
              'daprd stops: {0}',
              `kafka error: invalid value for 'consumeRetryInterval' attribute: strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`,
            ),
            fixes: replacements(component, item, '100ms'),
          };
        }
      }
      yield* integerProblems(component, options);
      if (!isKafka(component)) return;
      const problem = timingProblem(component, options);
      const item = problem && looseItemOf(component, problem.name);
      if (problem === undefined || item === undefined) return;
      yield {
        range: range(item),
        message: l10n.t('daprd stops: {0}', problem.text),
        fixes: replacements(component, item, problem.fix),
      };
    },
  },
  {
    id: 'K-26',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component, { options }) {
      for (const duration of durations(component, options)) {
        const { item, name, text, backOff } = duration;
        if (!backOff || milliseconds(duration) !== undefined) continue;
        const field = name.charAt(7).toLowerCase() + name.slice(8);
        yield {
          range: range(item),
          message: l10n.t("daprd stops: error decoding '{0}': {1}", field, `invalid duration ${JSON.stringify(text)}`),
          fixes: replacements(component, item, fieldOf(component.type, name)?.codeDefault ?? '5s'),
        };
      }
      if (!isKafka(component)) return;
      for (const item of component.metadata) {
        const value = valueOf(item);
        const name = item.name.startsWith('backOff') ? fieldOf(component.type, item.name)?.name : undefined;
        if (name === undefined || !value.known || itemOf(component, item.name) !== item) continue;
        const problem = backOffProblem(name, value.text);
        if (problem === undefined) continue;
        yield {
          range: range(item),
          message: l10n.t('daprd stops: {0}', problem.text),
          fixes: replacements(component, item, problem.fix),
        };
      }
    },
  },
  {
    id: 'K-61',
    severity: 'warning',
    *check(component, { options }) {
      const refused = isKafka(component) ? timingProblem(component, options)?.name : undefined;
      const session = timing(component, 'sessionTimeout', 10_000);
      const heartbeat = timing(component, 'heartbeatInterval', 3000) ?? 3000;
      for (const duration of durations(component, options)) {
        const { item, name } = duration;
        const ms = milliseconds(duration);
        if (ms === undefined || (refused !== undefined && (name === 'sessionTimeout' || name === 'heartbeatInterval')))
          continue;
        if (name === 'sessionTimeout' && (ms < 6000 || ms > 1_800_000))
          yield {
            range: range(item),
            message: l10n.t(
              'Kafka refuses this session timeout ({0}): by default it allows 6s to 30m, so no join succeeds and nothing is delivered, while daprd runs on.',
              durationText(ms),
            ),
            fixes: replacements(
              component,
              item,
              durationText(ms > 1_800_000 && ms / 1000 >= 6000 ? ms / 1000 : Math.max(10_000, 3 * heartbeat)),
            ),
          };
        else if (name === 'heartbeatInterval' && session !== undefined && ms > session / 3)
          yield {
            range: range(item),
            message: l10n.t(
              'A heartbeat every {0} is more than a third of the session timeout ({1}): two late ones end the session, and partitions change hands.',
              durationText(ms),
              durationText(session),
            ),
            fixes: replacements(
              component,
              item,
              durationText(Math.floor(session / 3000) * 1000 || Math.floor(session / 3)),
            ),
          };
        const limit = IMPLAUSIBLE[name];
        if (limit !== undefined && ms > limit.above)
          yield {
            range: range(item),
            message: l10n.t('daprd really waits {0} here; is the unit right?', durationText(ms)),
            fixes: replacements(component, item, limit.fix),
          };
      }
    },
  },
];
