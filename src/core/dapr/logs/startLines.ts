import * as l10n from '@vscode/l10n';
import { group, type Explanation } from './explanation.ts';

/** What daprd 1.18 and its Kafka client say when they start or load files; the first that matches is it. */
export const START_LINES: readonly Explanation[] = [
  {
    pattern: /invalid initialOffset: ?(.*?)(?:"|\n|$)/,
    rule: 'K-03',
    explain: (m) => ({
      cause: l10n.t('initialOffset is "{0}"; Dapr knows only oldest and newest.', group(m)),
      fix: l10n.t('Write oldest (Kafka: earliest) or newest (Kafka: latest).'),
    }),
  },
  {
    pattern: /key consumerid is duplicate in the metadata/,
    rule: 'K-09',
    explain: () => ({
      cause: l10n.t('A key is spelled like consumerID with other letters and collides with the one daprd adds.'),
      fix: l10n.t('Spell it exactly consumerID, or use consumerGroup.'),
    }),
  },
  {
    pattern: /key (\S+) is duplicate in the metadata/,
    rule: 'K-07',
    explain: (m) => ({
      cause: l10n.t('Two keys of the component differ only in letter case: {0}.', group(m)),
      fix: l10n.t('Remove one of them.'),
    }),
  },
  {
    pattern: /refers to \{podName\} but podName is not set/,
    rule: 'K-19',
    explain: () => ({
      cause: l10n.t('{podName} needs the environment variable POD_NAME, which is empty.'),
      fix: l10n.t('Set POD_NAME, or use {appID}.'),
    }),
  },
  {
    pattern:
      /'authType' attribute was missing or empty|invalid value for 'authType'|missing 'brokers' attribute|missing (?:SASL|OIDC|CA) |invalid ca certificate|improper OIDC Extensions|property AWSRegion is missing/,
    rule: 'K-27',
    explain: (m) => ({
      cause: l10n.t('A field that the component needs is missing or wrong: {0}.', m[0].trim()),
      fix: l10n.t('Add or correct the field; a value from a secret that is not found counts as empty.'),
    }),
  },
  {
    pattern:
      /clientKey or clientCert is missing|invalid client (?:certificate|key)|failed to find any PEM data|cannot configure mTLS authentication when TLSDisable/,
    rule: 'K-36',
    explain: () => ({
      cause: l10n.t('authType mtls needs clientCert and clientKey as PEM texts, and TLS.'),
      fix: l10n.t('Give both, without encryption, and remove disableTls.'),
    }),
  },
  {
    pattern: /nil pointer dereference/,
    rule: 'K-35',
    explain: () => ({
      cause: l10n.t('With authType mtls and without caCert daprd panics.'),
      fix: l10n.t('Add caCert (or skipVerify).'),
    }),
  },
  {
    pattern: /invalid kafka version/,
    rule: 'K-40',
    explain: () => ({
      cause: l10n.t('version must be three numbers such as 2.8.0.'),
      fix: l10n.t('Write 2.8.0, in quotes.'),
    }),
  },
  {
    pattern:
      /consumer groups require Version to be >=|is not valid for Kafka versions before 1\.0\.0|Producing headers requires Kafka at least/,
    rule: 'K-41',
    explain: () => ({
      cause: l10n.t('version names a protocol of Kafka that is too old.'),
      fix: l10n.t('Remove version, or write 2.0.0 or newer.'),
    }),
  },
  {
    pattern: /invalid value for 'producer(RequiredAcks|RetryMax)'/,
    rule: 'K-42',
    explain: (m) => ({
      cause:
        group(m) === 'RetryMax'
          ? l10n.t('producerRetryMax is negative.')
          : l10n.t('producerRequiredAcks is not one of all, local, none.'),
      fix: l10n.t('Correct it, or remove it: the defaults are all and 5.'),
    }),
  },
  {
    pattern: /requires RSA private key/,
    explain: () => ({
      cause: l10n.t('oidcClientAssertionKey is no RSA key; authType oidc_private_key_jwt takes no other.'),
      fix: l10n.t('Register an RSA key with the identity provider.'),
    }),
  },
  {
    pattern: /invalid subscription initial position|deliver policy .* is not one of/,
    rule: 'K-25',
    explain: (m) =>
      m[0].startsWith('deliver')
        ? {
            cause: l10n.t('deliverPolicy of the JetStream component is another word, or not in lower case.'),
            fix: l10n.t('Write one of {0}.', 'all, last, new, sequence, time'),
          }
        : {
            cause: l10n.t('subscribeInitialPosition of the Pulsar component is another word.'),
            fix: l10n.t('Write one of {0}.', 'latest, earliest'),
          },
  },
  {
    pattern: /invalid compression: |zstd compression requires Version/,
    rule: 'K-38',
    explain: () => ({
      cause: l10n.t(
        'compression is not one of none, gzip, snappy, lz4, zstd in lower case, or zstd without version 2.1.0.',
      ),
      fix: l10n.t('Correct compression or version.'),
    }),
  },
  {
    pattern:
      /Group\.Heartbeat\.Interval must be|Group\.Session\.Timeout must be|invalid duration|invalid value for 'consumeRetryInterval'/,
    rule: 'K-25',
    explain: () => ({
      cause: l10n.t('A duration is wrong, or heartbeatInterval is not shorter than sessionTimeout.'),
      fix: l10n.t('Write durations with a unit, such as 3s and 10s.'),
    }),
  },
  {
    pattern:
      /error decoding '(policy|maxRetries|duration|multiplier|initialInterval|maxInterval|maxElapsedTime|randomizationFactor)'/,
    rule: 'K-26',
    explain: (m) => ({
      cause: l10n.t(
        'The value of backOff{0} is wrong; daprd names the field without backOff.',
        group(m).charAt(0).toUpperCase() + group(m).slice(1),
      ),
      fix: l10n.t('Correct the field that begins with backOff.'),
    }),
  },
  {
    pattern: /regexp: (?:Compile|MustCompile)|error parsing regexp/,
    rule: 'K-34',
    explain: () => ({
      cause: l10n.t('excludeHeaderMetaRegex is no regular expression of Go (no look-around, no back references).'),
      fix: l10n.t('Write it without them.'),
    }),
  },
  {
    pattern: /Invalid consumer group rebalance strategy/,
    rule: 'K-37',
    explain: () => ({
      cause: l10n.t('The rebalance strategy is not known; range is used.'),
      fix: l10n.t('Write range, sticky or roundrobin.'),
    }),
  },
  {
    pattern: /AuthRequired is deprecated/,
    rule: 'K-45',
    explain: () => ({
      cause: l10n.t('authRequired is the old way to say how to log in.'),
      fix: l10n.t('Use authType.'),
    }),
  },
  {
    pattern: /invalid value for 'authRequired' attribute/,
    rule: 'K-45',
    explain: () => ({
      cause: l10n.t('authRequired is the old way to say how to log in.'),
      fix: l10n.t('Use authType.'),
    }),
  },
  {
    pattern:
      /cannot parse '(\w+)' as int|strconv\.\w+: parsing "([^"]*)"|(ChannelBufferSize|Consumer\.Fetch\.\w+) must be/,
    rule: 'K-25',
    explain: (m) => ({
      cause: l10n.t('A number of the component is wrong: {0}.', group(m) || group(m, 2) || group(m, 3)),
      fix: l10n.t(
        'Write channelBufferSize, consumerFetchMin, consumerFetchDefault and maxMessageBytes as whole numbers above 0, without a unit.',
      ),
    }),
  },
  {
    pattern: /duplicate definition of Component name (\S+)/,
    rule: 'C-03',
    explain: (m) => ({
      cause: l10n.t(
        'Two documents define a component named {0}; scopes keep them apart only when the one out of scope comes first.',
        group(m),
      ),
      fix: l10n.t('Rename one of them, or move it out of the folder (a backup copy counts).'),
    }),
  },
  {
    pattern: /couldn't find (?:message bus|binding|\w+) (\S+)|incorrect type ?(\S*)/,
    rule: 'C-06',
    explain: (m) => ({
      cause: l10n.t('There is no component type {0} in this version.', group(m) || group(m, 2)),
      fix: l10n.t('Correct spec.type (such as pubsub.kafka) or spec.version (v1).'),
    }),
  },
  {
    pattern: /invalid name "([^"]*)" for "Component"/,
    rule: 'C-01',
    explain: (m) => ({
      cause: l10n.t('A component may not be named "{0}": the document is skipped.', group(m)),
      fix: l10n.t('Use letters, digits and "-".'),
    }),
  },
  {
    pattern: /Could not determine resource type|error when parsing manifests yaml resource/,
    rule: 'C-13',
    explain: () => ({
      cause: l10n.t('A document is no YAML for daprd and is skipped; the others of its file load.'),
      fix: l10n.t('Look for tabs, broken indentation and templates that were not filled in.'),
    }),
  },
  {
    pattern: /cannot unmarshal array into .*BulkSubscribe/,
    rule: 'S-06',
    explain: () => ({
      cause: l10n.t('bulkSubscribe is a list; the Subscription is not loaded.'),
      fix: l10n.t('Write it as an object.'),
    }),
  },
  {
    pattern: /cannot unmarshal .* into Go struct field .*\b(scopes|ignoreErrors|metadata)\b/,
    explain: (m) => ({
      rule: { scopes: 'C-09', ignoreErrors: 'C-08', metadata: 'C-10' }[group(m)] ?? 'C-10',
      cause: l10n.t('{0} has a wrong form: the whole document is skipped.', group(m)),
      fix: l10n.t('scopes and metadata are lists, ignoreErrors is true or false without quotes.'),
    }),
  },
  {
    pattern: /init timeout for component/,
    rule: 'C-11',
    explain: () => ({
      cause: l10n.t('The component did not start within initTimeout (5s by default; 0 or less fails at once).'),
      fix: l10n.t('Set spec.initTimeout to a longer time such as 30s, or find out why the brokers are slow.'),
    }),
  },
  {
    pattern: /references a secret store that isn't loaded: ?(\S*)/,
    explain: (m) =>
      group(m).replace(/^"|"$/g, '') === ''
        ? {
            rule: 'K-52',
            cause: l10n.t('secretKeyRef is used, but no secret store is named: the values are empty.'),
            fix: l10n.t('Add auth.secretStore at the top level.'),
          }
        : {
            rule: 'K-62',
            cause: l10n.t('The secret store {0} is not loaded: the component is not loaded either.', group(m)),
            fix: l10n.t('Correct auth.secretStore or add the store’s component.'),
          },
  },
  {
    pattern: /Fatal error from runtime: ERROR: <input>/,
    rule: 'S-09',
    explain: () => ({
      cause: l10n.t('The match of a route rule has a syntax error: daprd does not start.'),
      fix: l10n.t('Correct the expression.'),
    }),
  },
];
