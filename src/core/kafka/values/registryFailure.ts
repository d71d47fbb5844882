import * as l10n from '@vscode/l10n';
import { explainCertificate } from '../transport/explain.ts';
import { codeOf, messageOf } from '../transport/kafkaError.ts';

/** How far a question to a schema registry got; `rights`: it was reached, and refused or did not understand. */
export type RegistryStep = 'dns' | 'tcp' | 'tls' | 'rights';

/** A schema registry that gives no answer to use: a sentence with the cause and the next step. */
export class RegistryFailure extends Error {
  override readonly name = 'RegistryFailure';
  readonly step: RegistryStep;

  constructor(step: RegistryStep, message: string, cause?: unknown) {
    super(message, { cause });
    this.step = step;
  }
}

/** What a request to `url` that found no answer means. */
export function registryNotReached(url: string, error: unknown): RegistryFailure {
  const where = URL.canParse(url) ? new URL(url).host : url;
  const [step, reason] = why(where, codeOf(error), error);
  return new RegistryFailure(step, l10n.t('The schema registry {0} cannot be reached: {1}', url, reason), error);
}

function why(where: string, code: string | undefined, error: unknown): [RegistryStep, string] {
  const text = messageOf(error);
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  switch (isTimeout ? 'ETIMEDOUT' : (code ?? '')) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return ['dns', l10n.t('The host name in {0} is not known here. Check the spelling, and your DNS or VPN.', where)];
    case 'ECONNREFUSED':
      return ['tcp', l10n.t('Nothing listens on {0}. Is the registry running, and is the port right?', where)];
    case 'ETIMEDOUT':
      return [
        'tcp',
        l10n.t('{0} does not answer. A firewall, a VPN that is off or a wrong address are the usual causes.', where),
      ];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return ['tcp', l10n.t('There is no network route to {0}. Check your network or VPN.', where)];
    case 'ECONNRESET':
      return [
        'tcp',
        l10n.t(
          '{0} closed the connection without an answer: it may be a TLS port, whose address begins with https://.',
          where,
        ),
      ];
    case 'EPROTO':
      if (/alert/i.test(text)) break;
      return ['tls', l10n.t('{0} does not speak TLS. Write its address with http://, or use the TLS port.', where)];
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return [
        'tls',
        l10n.t(
          'The certificate of {0} is signed by a CA that is not trusted here ({1}). Name the CA certificate of the registry in the connection, or in the environment variable NODE_EXTRA_CA_CERTS.',
          where,
          text,
        ),
      ];
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return [
        'tls',
        l10n.t(
          'The certificate of {0} is for another name ({1}). Use a name from the certificate in its address.',
          where,
          text,
        ),
      ];
  }
  const certificate = explainCertificate(where, code, text);
  return certificate === undefined ? ['tcp', text] : ['tls', certificate];
}
