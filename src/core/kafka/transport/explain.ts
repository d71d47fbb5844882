import * as l10n from '@vscode/l10n';
import { codeOf, KafkaError, messageOf } from './kafkaError.ts';
import type { SocketFailure } from './sockets.ts';

/**
 * A sentence per way a socket can fail: the cause and the next step. `address` is what the user or a broker named;
 * `established`: the cluster was connected before.
 */
export function explainSocket(
  address: string,
  failure: SocketFailure,
  usesTls: boolean,
  usesSasl: boolean,
  established = false,
): KafkaError {
  const { error, phase } = failure;
  const code = codeOf(error);
  const where = failure.dialled === address ? address : l10n.t('{0} (mapped to {1})', address, failure.dialled);
  const make = (kind: KafkaError['kind'], message: string) => new KafkaError(kind, message, { code, cause: error });
  if (code === 'CANCELLED') return make('cancelled', l10n.t('Cancelled.'));
  if (phase === 'dns' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    if (code === 'ETIMEDOUT')
      return make(
        'dns',
        l10n.t('Looking up the name in {0} took too long. Check the name and your DNS or VPN.', where),
      );
    return make(
      'dns',
      l10n.t('The host name in {0} is not known here. Check the spelling, and your DNS or VPN.', where),
    );
  }
  if (phase === 'tcp') return make('tcp', explainTcp(where, code, messageOf(error)));
  if (phase === 'tls') return make('tls', explainTls(where, code, messageOf(error)));
  return make(...explainOpen(where, code, failure, usesTls, usesSasl, established));
}

function explainTcp(where: string, code: string | undefined, text: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return l10n.t('Nothing listens on {0}. Is the broker running, and is the port right?', where);
    case 'ETIMEDOUT':
      return l10n.t(
        '{0} does not answer. A firewall, a VPN that is off or a wrong address are the usual causes.',
        where,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return l10n.t('There is no network route to {0}. Check your network or VPN.', where);
    case 'ERR_SOCKET_BAD_PORT':
      return l10n.t('{0} is not an address: write host:port.', where);
    default:
      return l10n.t('Connecting to {0} failed: {1}.', where, text);
  }
}

/** A sentence for a certificate that is refused, on either side; undefined when the failure is something else. */
export function explainCertificate(where: string, code: string | undefined, text: string): string | undefined {
  const refused = /CERT|SELF_SIGNED|UNABLE_TO_/.test(code ?? '') || /alert/i.test(text);
  return refused ? explainTls(where, code, text) : undefined;
}

function explainTls(where: string, code: string | undefined, text: string): string {
  switch (code ?? '') {
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return l10n.t(
        'The certificate of {0} is signed by a CA that is not trusted here ({1}). Add the CA certificate to the connection.',
        where,
        text,
      );
    case 'CERT_HAS_EXPIRED':
      return l10n.t('The certificate of {0} has expired. Have it renewed, or check the clock of this machine.', where);
    case 'CERT_NOT_YET_VALID':
      return l10n.t('The certificate of {0} is not valid yet. Check the clock of this machine.', where);
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return l10n.t(
        'The certificate of {0} is for another name ({1}). Use a name from the certificate, or set the TLS server name.',
        where,
        text,
      );
    case 'PINNED_CERTIFICATE':
      return l10n.t(
        'The certificate of {0} is not the pinned one: {1}. If it was renewed, pin the new one.',
        where,
        text,
      );
    case 'ETIMEDOUT':
      return l10n.t('{0} accepts connections but does not answer the TLS handshake. It may not be a TLS port.', where);
    case 'ECONNRESET':
    case 'EOF':
      return l10n.t(
        '{0} closed the connection during the TLS handshake: this port does not speak TLS, or it refuses this client. Turn TLS off, or use the TLS port.',
        where,
      );
  }
  if (/alert (number 42|number 116)|bad certificate|certificate required|certificate_required/i.test(text))
    return l10n.t('{0} demands a client certificate. Add a certificate and its key to the connection.', where);
  if (/wrong version number|packet length too long|unsupported protocol/i.test(text))
    return l10n.t('{0} does not speak TLS. Turn TLS off, or use the TLS port.', where);
  if (/alert/i.test(text))
    return l10n.t('{0} refused the TLS handshake: {1}. Check the client certificate.', where, alertIn(text));
  return l10n.t('The TLS handshake with {0} failed: {1}.', where, text);
}

function explainOpen(
  where: string,
  code: string | undefined,
  failure: SocketFailure,
  usesTls: boolean,
  usesSasl: boolean,
  established: boolean,
): [KafkaError['kind'], string] {
  switch (code ?? '') {
    case 'ANSWERS_TLS':
      return ['tls', l10n.t('{0} is a TLS port. Turn on TLS.', where)];
    case 'ANSWERS_HTTP':
      return ['metadata', l10n.t('{0} answers HTTP: it is not a Kafka broker. Check the port.', where)];
    case 'FRAME_SIZE':
      return [
        'malformed',
        l10n.t(
          '{0} does not answer like a Kafka broker ({1}). Check the address and port.',
          where,
          messageOf(failure.error),
        ),
      ];
  }
  const text = messageOf(failure.error);
  // TLS 1.3: the server judges the client's certificate after the client thinks that the handshake is done.
  if (/alert (number 42|number 116)|bad certificate|certificate required/i.test(text))
    return ['tls', l10n.t('{0} demands a client certificate. Add a certificate and its key to the connection.', where)];
  if (/alert/i.test(text))
    return ['tls', l10n.t('{0} refused the TLS handshake: {1}. Check the client certificate.', where, alertIn(text))];
  // A SASL listener answers ApiVersions, then hangs up on anything but a login.
  if (failure.received > 0 && !established && !usesSasl)
    return [
      'sasl',
      l10n.t('{0} answers but hangs up on a client without a login. Turn on SASL with a user and password.', where),
    ];
  if (failure.received === 0) {
    if (!usesTls && !usesSasl)
      return [
        'closed',
        l10n.t(
          '{0} closed the connection without an answer: it may expect TLS or SASL. Turn on what the broker uses.',
          where,
        ),
      ];
    if (!usesTls)
      return ['closed', l10n.t('{0} closed the connection without an answer: it may expect TLS. Turn on TLS.', where)];
    if (!usesSasl)
      return [
        'closed',
        l10n.t(
          '{0} closed the connection without an answer: it may expect a login (SASL) or a client certificate.',
          where,
        ),
      ];
  }
  return [
    'closed',
    l10n.t('The connection to {0} was closed. The broker may have stopped or restarted; try again.', where),
  ];
}

/** The alert's name in OpenSSL's text, such as "certificate unknown". */
const alertIn = (text: string): string => /alert ([a-z ]+)/i.exec(text)?.[1]?.trim() ?? text.trim();
