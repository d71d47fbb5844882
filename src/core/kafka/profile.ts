/** How to reach one Kafka cluster. Never holds a secret: those are {@link ClusterSecrets}, kept apart. */
export interface ClusterProfile {
  /** Stable, random; names may change. */
  id: string;
  name: string;
  /** A theme colour id such as `charts.blue`. */
  colour?: string;
  /** `host:port`, at least one. */
  bootstrap: string[];
  tls?: TlsSettings;
  sasl?: SaslSettings;
  /** advertised `host:port` -> reachable `host:port`, for port-forwards and Docker. */
  addressMap?: Record<string, string>;
  registry?: RegistrySettings;
  /** ms; the whole of connect + login. Default 10,000. */
  connectTimeoutMs?: number;
  /** ms; one request. Default 30,000. */
  requestTimeoutMs?: number;
  /** `read-only` refuses every change; `production` asks for the name typed. */
  mode?: 'normal' | 'read-only' | 'production';
}

/** A Confluent-compatible schema registry. */
export interface RegistrySettings {
  url: string;
  username?: string;
  /** Of an https address; absent: the system's CAs and no client certificate. */
  tls?: Pick<TlsSettings, 'caFile' | 'certFile' | 'keyFile'>;
}

export interface TlsSettings {
  /** PEM file of the CA that signed the brokers; absent: the system's CAs. */
  caFile?: string;
  /** PEM client certificate and key. */
  certFile?: string;
  keyFile?: string;
  /** PKCS#12 instead of PEM. */
  pfxFile?: string;
  serverName?: string;
  /** Accept any certificate: loudly marked wherever the cluster is shown. */
  skipVerify?: boolean;
  /** Accept exactly this certificate (sha256, hex) although no known CA signed it. */
  pinnedSha256?: string;
}

export type SaslSettings =
  | { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string }
  | { mechanism: 'oauthbearer' }
  | { mechanism: 'oauthbearer-client-credentials'; tokenUrl: string; clientId: string; scope?: string }
  | { mechanism: 'aws-msk-iam'; region: string; awsProfile?: string };

type TokenSettings = Exclude<SaslSettings, { username: string }>;

export const logsInByToken = (profile: ClusterProfile): profile is ClusterProfile & { sasl: TokenSettings } =>
  profile.sasl !== undefined && !('username' in profile.sasl);

/** Everything secret of one profile. Lives in SecretStorage (editor) or the environment (command); never in settings, logs or a webview. */
export interface ClusterSecrets {
  /** SASL password. */
  password?: string;
  /** Static OAUTHBEARER token. */
  token?: string;
  clientSecret?: string;
  keyPassphrase?: string;
  pfxPassphrase?: string;
  registryPassword?: string;
  registryKeyPassphrase?: string;
}

/** Secrets, and files that the profile names with what was in them: a pipe can be read once only. Others are read when they are needed. */
export interface SecretsAndFiles extends ClusterSecrets {
  /** Path -> contents. */
  files?: ReadonlyMap<string, Buffer>;
}
