import * as l10n from '@vscode/l10n';
import { isKafka, itemOf, looseItemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import { effectiveAuth, hasText, isOn } from './authType.ts';
import { certificateExpiry } from './certificateExpiry.ts';
import { addItem, remove } from './edits.ts';
import { blocksIn, isCertificate, isEncrypted, isForAnotherKey, isPemSample, isPrivateKey, isWhole } from './pem.ts';
import type { Problem, Rule } from './rule.ts';

function usesMtls(component: Component): boolean {
  return isKafka(component) && !component.document.conditional && effectiveAuth(component) === 'mtls';
}

function rangeOf(item: MetadataItem | undefined, component: Component) {
  return (
    item?.valueNode ??
    item?.node ??
    looseItemOf(component, 'authType')?.valueNode ??
    component.typeNode ??
    component.root
  ).range;
}

/** `clientCert` and `clientKey` go together, unencrypted, and need TLS. */
function* clientPair(component: Component): Generator<Problem> {
  const [cert, key] = [looseItemOf(component, 'clientCert'), looseItemOf(component, 'clientKey')];
  const [hasCert, hasKey] = [hasText(component, 'clientCert'), hasText(component, 'clientKey')];
  if (hasCert !== hasKey)
    yield {
      range: rangeOf(hasCert ? cert : key, component),
      message: l10n.t(
        'daprd stops: kafka error: clientKey or clientCert is missing. {0} has no value.',
        hasCert ? 'clientKey' : 'clientCert',
      ),
    };
  else if (!hasCert)
    yield {
      range: rangeOf(undefined, component),
      message: l10n.t(
        'daprd stops: unable to load client certificate and key pair. authType mtls needs clientCert and clientKey.',
      ),
    };
  const certificate = blocksIn(valueOf(cert))?.find(isCertificate);
  const privateKey = blocksIn(valueOf(key))?.find(isPrivateKey);
  if (privateKey !== undefined && isEncrypted(privateKey))
    yield {
      range: rangeOf(key, component),
      message: l10n.t(
        'daprd stops: the key is encrypted, and no field takes its password. Put the key here without encryption, from a secret store.',
      ),
    };
  else if (
    certificate !== undefined &&
    privateKey !== undefined &&
    isForAnotherKey(certificate, privateKey) &&
    isWhole(certificate) &&
    isWhole(privateKey)
  )
    yield {
      range: rangeOf(key, component),
      message: l10n.t(
        'daprd stops: unable to load client certificate and key pair. Err: tls: private key does not match public key. clientCert was made for another key.',
      ),
    };
  for (const [item, block, label] of [
    [cert, certificate, 'CERTIFICATE'],
    [key, privateKey, 'PRIVATE KEY'],
  ] as const)
    if ((blocksIn(valueOf(item))?.length ?? 0) > 0 && (block === undefined || !(isWhole(block) || isEncrypted(block))))
      yield {
        range: rangeOf(item, component),
        message: l10n.t(
          'daprd stops: unable to load client certificate and key pair. The PEM block is no {0}, or it is cut short.',
          label,
        ),
      };
  const disableTls = looseItemOf(component, 'disableTls');
  if (disableTls !== undefined && isOn(component, 'disableTls'))
    yield {
      range: rangeOf(disableTls, component),
      message: l10n.t("daprd stops: kafka: cannot configure mTLS authentication when TLSDisable is 'true'."),
      fixes: [
        {
          title: l10n.t('Remove "{0}"', disableTls.name),
          edits: [remove(disableTls.node, component.document)],
          preferred: true,
        },
      ],
    };
}

/** Brokers and daprd refuse a certificate after its time; the file tells when that is. */
function* expired(component: Component): Generator<Problem> {
  for (const name of ['caCert', 'clientCert']) {
    const item = looseItemOf(component, name);
    const value = valueOf(item);
    const expiry = value.known ? certificateExpiry(value.text) : undefined;
    if (expiry === undefined || expiry > Date.now()) continue;
    yield {
      range: rangeOf(item, component),
      severity: 'warning',
      consequence: 'runs',
      message: l10n.t(
        'The certificate in {0} expired on {1}: connections over TLS fail.',
        name,
        new Date(expiry).toISOString().slice(0, 10),
      ),
    };
  }
}

/** A block with `...` in it, as in instructions: Go finds no PEM there. */
function* samples(component: Component): Generator<Problem> {
  const auth = effectiveAuth(component);
  for (const name of ['caCert', 'clientCert', 'clientKey']) {
    const item = name === 'caCert' ? itemOf(component, name) : looseItemOf(component, name);
    const value = valueOf(item);
    if (!value.known || !isPemSample(value.text)) continue;
    if (name !== 'caCert' && auth !== 'mtls') continue;
    yield {
      range: rangeOf(item, component),
      message: l10n.t('daprd stops: this is a sample, no PEM block. Put the content of {0} here.', name),
    };
  }
}

export const tlsRules: readonly Rule[] = [
  {
    id: 'K-57',
    severity: 'warning',
    consequence: 'daprd-stops',
    *check(component) {
      if (isKafka(component) && !component.document.templated) yield* samples(component);
    },
  },
  {
    id: 'K-35',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component) {
      if (!usesMtls(component) || hasText(component, 'caCert') || isOn(component, 'skipVerify')) return;
      const skipVerify = valueOf(looseItemOf(component, 'skipVerify'));
      // Other faults of the pair stop daprd first.
      if (!skipVerify.known || !hasText(component, 'clientCert') || !hasText(component, 'clientKey')) return;
      const edit =
        looseItemOf(component, 'caCert') === undefined
          ? addItem(component, 'caCert', '-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n')
          : undefined;
      yield {
        range: rangeOf(undefined, component),
        fatal: 'panic',
        message: l10n.t(
          'daprd panics and stops (exit 2, nil pointer dereference): authType mtls needs caCert, or skipVerify.',
        ),
        fixes: edit === undefined ? [] : [{ title: l10n.t('Add {0}', 'caCert'), edits: [edit] }],
      };
    },
  },
  {
    id: 'K-36',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component) {
      if (usesMtls(component)) yield* clientPair(component);
      if (isKafka(component)) yield* expired(component);
    },
  },
];
