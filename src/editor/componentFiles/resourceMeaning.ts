import * as l10n from '@vscode/l10n';

/** What a field of a Dapr resource outside `spec.metadata` means, by its path of keys. */
export function resourceMeaning(kind: 'component' | 'subscription', path: string): string | undefined {
  switch (`${kind} ${path}`) {
    case 'component metadata.name':
      return l10n.t('The name under which apps and Subscriptions know this component.');
    case 'component scopes':
    case 'subscription scopes':
      return l10n.t('App ids that load this resource; compared letter by letter. Without scopes every app does.');
    case 'component spec.version':
      return l10n.t('Version of the component type, nearly always `v1`. Not the version of the broker.');
    case 'component spec.ignoreErrors':
      return l10n.t('daprd runs without this component when it cannot be initialised, and says so only in its log.');
    case 'component spec.initTimeout':
      return l10n.t('How long daprd waits for the component to be initialised. Default 5s.');
    case 'component auth.secretStore':
      return l10n.t('The secret store that answers `secretKeyRef`. Without it, self-hosted, secrets are empty texts.');
    case 'subscription spec.pubsubname':
      return l10n.t('Name of the pub/sub component, letter by letter.');
    case 'subscription spec.topic':
      return l10n.t('The topic to read.');
    case 'subscription spec.deadLetterTopic':
      return l10n.t('Where a message goes that the app could not handle after all retries of its Resiliency policy.');
    case 'subscription spec.bulkSubscribe':
      return l10n.t('Delivers many messages in one request. One failed entry delivers the whole batch again.');
    case 'subscription spec.route':
    case 'subscription spec.routes.default':
      return l10n.t('Path of the app that gets the messages.');
    case 'subscription spec.metadata':
      return l10n.t('Settings of this subscription only. A consumer group or initialOffset here is ignored.');
    default:
      return undefined;
  }
}
