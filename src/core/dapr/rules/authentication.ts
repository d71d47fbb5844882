import * as l10n from '@vscode/l10n';
import { fieldOf } from '../catalog/catalog.ts';
import { isKafka, itemOf, looseItemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import { AUTH_TYPES, effectiveAuth, hasExact, hasText, isOn, type AuthType } from './authType.ts';
import { isTrueText } from './booleans.ts';
import { addItem, replaceByText, setValue } from './edits.ts';
import { hasNoList, missingRange } from './initialOffset.ts';
import { blocksIn, isCertificate, isWhole } from './pem.ts';
import { atLeast, type Problem, type Rule } from './rule.ts';

/** Fields that each way to log in asks for, in daprd's order, and its text when one is missing. */
const REQUIRED: Partial<Record<AuthType, readonly { name: string; error: string }[]>> = {
  password: [
    { name: 'saslUsername', error: "kafka error: missing SASL Username for authType 'password'" },
    { name: 'saslPassword', error: "kafka error: missing SASL Password for authType 'password'" },
  ],
  oidc: [
    { name: 'oidcTokenEndpoint', error: "kafka error: missing OIDC Token Endpoint for authType 'oidc'" },
    { name: 'oidcClientID', error: "kafka error: missing OIDC Client ID for authType 'oidc'" },
    { name: 'oidcClientSecret', error: "kafka error: missing OIDC Client Secret for authType 'oidc'" },
  ],
  oidc_private_key_jwt: [
    {
      name: 'oidcTokenEndpoint',
      error: "kafka error: missing OIDC Token Endpoint for authType 'oidc_private_key_jwt'",
    },
    { name: 'oidcClientID', error: "kafka error: missing OIDC Client ID for authType 'oidc_private_key_jwt'" },
    {
      name: 'oidcClientAssertionCert',
      error: "kafka error: missing OIDC Client Assertion Cert for authType 'oidc_private_key_jwt'",
    },
    {
      name: 'oidcClientAssertionKey',
      error: "kafka error: missing OIDC Client Assertion Key for authType 'oidc_private_key_jwt'",
    },
  ],
  certificate: [{ name: 'caCert', error: "missing CA certificate property 'caCert' for authType 'certificate'" }],
};

/** Does daprd stop when this field of a Kafka component turns out to be empty? */
export function stopsWhenEmpty(component: Component, item: MetadataItem): boolean {
  if (!isKafka(component)) return false;
  const field = fieldOf(component.type, item.name);
  if (field === undefined || (field.exactCase === true && field.name !== item.name)) return false;
  const { name } = field;
  if (name === 'authType') return !hasText(component, 'authRequired');
  if (['brokers', 'sessionTimeout', 'heartbeatInterval'].includes(name)) return true;
  if (item.name.startsWith('backOff')) return true;
  const auth = effectiveAuth(component);
  if (auth === 'mtls')
    return /^client(?:Cert|Key)$/.test(name) || (name === 'caCert' && !isOn(component, 'skipVerify'));
  if (auth === 'awsiam')
    return (
      (name === 'region' && !hasExact(component, 'awsRegion')) ||
      (name === 'awsRegion' && !hasExact(component, 'region'))
    );
  return (REQUIRED[auth as AuthType] ?? []).some((required) => required.name === name);
}

/** The runtimes that brought ways to log in; to older ones they are invalid. */
const SINCE: Partial<Record<string, string>> = { awsiam: '1.13.0', oidc_private_key_jwt: '1.17.0' };

function stops(text: string): string {
  return l10n.t('daprd stops: {0}', text);
}

function missing(component: Component, name: string, error: string): Problem {
  const item = looseItemOf(component, name);
  const value =
    name === 'authType' ? plausibleTypes(component, '')[0]! : (fieldOf(component.type, name)?.example ?? '');
  const edit = item === undefined ? addItem(component, name, value) : setValue(item, value, component.document);
  return {
    range: item?.nameNode?.range ?? missingRange(component),
    message: stops(error),
    fixes: edit === undefined || value === '' ? [] : [{ title: l10n.t('Add {0}', name), edits: [edit] }],
  };
}

function* badPem(component: Component, auth: string): Generator<Problem> {
  const fault = (item: MetadataItem | undefined, error: string): Problem[] =>
    item?.valueNode === undefined ? [] : [{ range: item.valueNode.range, message: stops(error) }];
  const [ca, used] = [itemOf(component, 'caCert'), looseItemOf(component, 'caCert')];
  const blocks = blocksIn(valueOf(used));
  const [authType, disabled] = ['authType', 'disableTls'].map((name) => valueOf(looseItemOf(component, name)));
  const plain =
    authType?.known !== true || authType.text === 'none' || disabled?.known !== true || isTrueText(disabled.text);
  // Its exact name is read twice (section 2.1).
  if (used === ca && blocks?.length === 0) yield* fault(ca, 'kafka error: invalid ca certificate');
  else if (!plain && blocks?.some((block) => isCertificate(block) && block.headers === '' && isWhole(block)) === false)
    yield* fault(used, 'kafka error: unable to load ca certificate');
  else if (blocks !== undefined && auth.startsWith('oidc')) {
    const other = blocks.findIndex((block) => !isCertificate(block));
    const certificates = other < 0 ? blocks : blocks.slice(0, other);
    const error =
      certificates.length === 0 || !certificates.every(isWhole)
        ? 'error parsing PEM certificate'
        : certificates.length > 1 && `expected 1 certificate, got ${certificates.length}`;
    if (error !== false) yield* fault(used, `kafka: error setting oauth client trusted CA: ${error}`);
  }
  if (auth !== 'mtls') return;
  for (const [name, error] of [
    ['clientCert', 'kafka error: invalid client certificate'],
    ['clientKey', 'kafka error: invalid client key'],
  ] as const) {
    const item = looseItemOf(component, name);
    if (blocksIn(valueOf(item))?.length === 0) yield* fault(item, error);
  }
}

/** A JSON object of texts, not empty (scenario oidc-ext-{}); null counts as an empty text. */
function isExtensions(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const values = Object.values(value);
    return values.length > 0 && values.every((v) => typeof v === 'string' || v === null);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** How other clients call the ways to log in; the first that fits counts. */
const MEANT: readonly (readonly [words: RegExp, types: readonly AuthType[]])[] = [
  [/^(?:plaintext|none|no|off|false)$/, ['none']],
  [/iam|aws|msk/, ['awsiam']],
  [/jwt|private.?key/, ['oidc_private_key_jwt']],
  [/oauth|oidc|bearer|token/, ['oidc']],
  [/mtls|mutual|client.?cert/, ['mtls']],
  [/sasl|plain|scram|sha|pass|basic/, ['password']],
  [/ssl|tls|cert|ca$/, ['certificate', 'mtls']],
];

function typesMeant(text: string): readonly AuthType[] {
  const written = text.trim().toLowerCase();
  return MEANT.find(([words]) => words.test(written))?.[1] ?? [];
}

/** Those of the types that were meant, else of all, for which every field is there. */
function plausibleTypes(component: Component, text: string): readonly AuthType[] {
  const meant = typesMeant(text);
  const has = (name: string) => hasText(component, name);
  const complete = (type: AuthType) =>
    type === 'mtls'
      ? has('clientCert') && has('clientKey') && (has('caCert') || isOn(component, 'skipVerify'))
      : type === 'awsiam'
        ? hasExact(component, 'region') || hasExact(component, 'awsRegion')
        : type === 'none' || REQUIRED[type]?.every(({ name }) => has(name));
  if (meant.length > 0) return meant.filter(complete);
  const usual = (['password', 'oidc', 'certificate'] as const).filter(complete);
  return usual.length > 0 ? usual : ['none'];
}

function brokerList(component: Component): string[] {
  const value = valueOf(looseItemOf(component, 'brokers'));
  return value.known
    ? value.text
        .split(',')
        .map((broker) => broker.trim())
        .filter((broker) => broker !== '')
    : [];
}

function addOrSet(component: Component, name: string, value: string): Problem['fixes'] {
  const item = looseItemOf(component, name);
  const edit = item === undefined ? addItem(component, name, value) : setValue(item, value, component.document);
  return edit === undefined ? [] : [{ title: l10n.t('Set {0} to {1}', name, value), edits: [edit] }];
}

export const authenticationRules: readonly Rule[] = [
  {
    id: 'K-27',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component, { options }) {
      if (!isKafka(component)) return;
      const auth = effectiveAuth(component);
      yield* badPem(component, auth);
      if (auth === 'invalid' || !atLeast(options, SINCE[auth] ?? '0.0.0')) {
        const item = looseItemOf(component, 'authType');
        const value = valueOf(item);
        if (item?.valueNode !== undefined)
          yield {
            range: item.valueNode.range,
            message: l10n.t(
              "daprd stops: kafka error: invalid value for 'authType' attribute. It knows {0}.",
              AUTH_TYPES.join(', '),
            ),
            fixes: plausibleTypes(component, value.known ? value.text : '').flatMap((type) => {
              const edit = setValue(item, type, component.document);
              return edit === undefined ? [] : [{ title: l10n.t('Replace by {0}', type), edits: [edit] }];
            }),
          };
      }
      const extensions = valueOf(looseItemOf(component, 'oidcExtensions'));
      const extensionsItem = looseItemOf(component, 'oidcExtensions');
      if (
        auth.startsWith('oidc') &&
        extensionsItem?.valueNode !== undefined &&
        extensions.known &&
        extensions.text !== ''
      )
        if (!isExtensions(extensions.text))
          yield {
            range: extensionsItem.valueNode.range,
            message: stops(`kafka error: improper OIDC Extensions format for authType '${auth}'`),
          };
      // Lines that a template tool adds may hold what seems to be missing.
      if (component.document.conditional || component.metadata.some((item) => item.nameNode?.templated === true))
        return;
      if (hasNoList(component)) return;
      if (!hasText(component, 'brokers'))
        yield missing(component, 'brokers', "kafka error: missing 'brokers' attribute");
      if (auth === 'missing')
        yield missing(component, 'authType', "kafka error: 'authType' attribute was missing or empty");
      if (auth === 'awsiam') {
        const early = !atLeast(options, '1.15.0');
        if (!hasExact(component, 'awsRegion') && (early || !hasExact(component, 'region')))
          yield missing(
            component,
            early ? 'awsRegion' : 'region',
            early
              ? "missing AWS region property 'awsRegion' for authType 'awsiam'"
              : 'failed to validate AWS IAM authentication fields: metadata property AWSRegion is missing',
          );
        else if (atLeast(options, '1.16.0') && !atLeast(options, '1.16.1'))
          yield {
            range: looseItemOf(component, 'authType')?.valueNode?.range ?? missingRange(component),
            fatal: 'panic',
            message: stops('panic: runtime error: invalid memory address or nil pointer dereference (awsiam, 1.16.0)'),
          };
      }
      for (const { name, error } of REQUIRED[auth as AuthType] ?? [])
        if (!hasText(component, name)) yield missing(component, name, error);
    },
  },
  {
    id: 'K-28',
    severity: 'warning',
    *check(component) {
      if (!isKafka(component) || isOn(component, 'disableTls')) return;
      const item = looseItemOf(component, 'authType');
      const value = valueOf(item);
      if (item?.valueNode === undefined || !value.known || value.text === 'none' || value.text.toLowerCase() !== 'none')
        return;
      yield {
        range: item.valueNode.range,
        message: l10n.t(
          'Only the exact word none switches TLS off: with "{0}" TLS stays on, and a plain broker answers "client has run out of available brokers to talk to: EOF".',
          value.text,
        ),
        fixes: [
          {
            title: l10n.t('Replace by {0}', 'none'),
            edits: [replaceByText(item.valueNode, 'none')],
            preferred: true,
          },
        ],
      };
    },
  },
  {
    id: 'K-29',
    severity: 'warning',
    *check(component) {
      if (!isKafka(component)) return;
      const item = looseItemOf(component, 'saslMechanism');
      const value = valueOf(item);
      if (item?.valueNode === undefined || !value.known || effectiveAuth(component) !== 'password') return;
      if (value.text === '' || /^(?:SHA-256|SHA-512)$/.test(value.text) || /^plain(?:text)?$/i.test(value.text)) return;
      const wanted = value.text.includes('256')
        ? ['SHA-256']
        : value.text.includes('512')
          ? ['SHA-512']
          : ['SHA-512', 'SHA-256', 'PLAIN'];
      yield {
        range: item.valueNode.range,
        message: l10n.t(
          'daprd uses SASL PLAIN without a message: it does not know "{0}", only exactly SHA-256 and SHA-512.',
          value.text,
        ),
        fixes: wanted.flatMap((word) => {
          const edit = setValue(item, word, component.document);
          if (edit === undefined) return [];
          return [{ title: l10n.t('Replace by {0}', word), edits: [edit], preferred: wanted.length === 1 }];
        }),
      };
    },
  },
  {
    id: 'K-58',
    severity: 'info',
    *check(component) {
      if (!isKafka(component) || effectiveAuth(component) !== 'password' || component.document.conditional) return;
      if (hasText(component, 'disableTls') || hasText(component, 'caCert') || isOn(component, 'skipVerify')) return;
      const brokers = brokerList(component);
      const item = looseItemOf(component, 'brokers');
      if (item?.valueNode === undefined || brokers.length === 0 || !brokers.every((b) => b.endsWith(':9092'))) return;
      yield {
        range: item.valueNode.range,
        message: l10n.t(
          'daprd uses TLS here, but 9092 is mostly a plaintext port: a listener without TLS answers "EOF" and daprd stops; then disableTls must be "true".',
        ),
        fixes: addOrSet(component, 'disableTls', 'true') ?? [],
      };
    },
  },
  {
    id: 'K-59',
    severity: 'warning',
    *check(component) {
      if (!isKafka(component)) return;
      const item = looseItemOf(component, 'brokers');
      const version = looseItemOf(component, 'version');
      const value = valueOf(version);
      const eventHubs = brokerList(component).some((b) => /\.servicebus\.windows\.net(?::\d+)?$/i.test(b));
      if (!eventHubs || item?.valueNode === undefined || !value.known || value.text === '1.0.0') return;
      if (version === undefined && component.document.conditional) return;
      yield {
        range: (version?.valueNode ?? item.valueNode).range,
        message: l10n.t('Event Hubs closes the connection ("EOF") unless version is "1.0.0"; the default is 2.0.0.'),
        fixes: addOrSet(component, 'version', '1.0.0') ?? [],
      };
    },
  },
];
