import path from 'node:path';

/** What a client may come in by. Every node always has `plaintext`, which the nodes use among themselves too. */
export type Listener = 'plaintext' | 'sasl' | 'tls' | 'mtls' | 'saslssl';

export const LISTENERS: readonly Listener[] = ['plaintext', 'sasl', 'tls', 'mtls', 'saslssl'];

const PROTOCOL: Record<Listener, string> = {
  plaintext: 'PLAINTEXT',
  sasl: 'SASL_PLAINTEXT',
  tls: 'SSL',
  mtls: 'SSL',
  saslssl: 'SASL_SSL',
};

/** The users of every SASL listener, by PLAIN and SCRAM. `limited` may not see topics named `forbidden-…`. */
export const USERS: Readonly<Record<string, string>> = {
  admin: 'admin-secret',
  alice: 'alice-secret',
  limited: 'limited-secret',
};

/**
 * The ports of one node on 127.0.0.1; one without `plaintext` is a controller only, one without `controller` a broker
 * only. `zookeeper`: where the nodes find a ZooKeeper, which then keeps the metadata in the place of controllers.
 */
export type NodePorts = Partial<Record<Listener | 'controller' | 'zookeeper', number>>;

export interface NodeSettings {
  /** From 1. */
  node: number;
  /** Of all nodes, in order. */
  ports: readonly NodePorts[];
  /** Where the data goes. */
  dir: string;
  certs: string;
  /** Where the sockets are bound: 127.0.0.1, or every address inside a container. */
  bind: string;
  version: string;
  extra?: Readonly<Record<string, string>>;
  /** `host:port` that a listener tells clients, instead of where it is. */
  advertised?: Partial<Record<Listener, string>>;
  /** What a listener with TLS shows, instead of a certificate in order. */
  certificates?: Partial<Record<Listener, 'expired' | 'wrong-name'>>;
}

/** One node's configuration file: broker and controller, small, and impatient where Kafka waits by default. */
export function nodeProperties(settings: NodeSettings): string {
  const { node, ports, dir, certs, bind, version, extra, advertised = {}, certificates = {} } = settings;
  const mine = ports[node - 1];
  if (!mine) throw new RangeError(`there is no node ${node}`);
  const listeners = LISTENERS.flatMap((name) => (mine[name] === undefined ? [] : [{ name, port: mine[name] }]));
  const brokers = ports.filter((p) => p.plaintext !== undefined).length;
  const replicas = String(Math.min(3, brokers));
  const zooKeeper = ports[0]?.zookeeper;
  const lines: Record<string, string> = {
    ...(zooKeeper === undefined ? raftSettings(node, ports) : zooKeeperSettings(node, zooKeeper)),
    listeners: [
      ...listeners.map(({ name, port }) => `${name.toUpperCase()}://${bind}:${port}`),
      ...(mine.controller === undefined ? [] : [`CONTROLLER://${bind}:${mine.controller}`]),
    ].join(','),
    ...(listeners.length > 0 && {
      'advertised.listeners': listeners
        .map(({ name, port }) => `${name.toUpperCase()}://${advertised[name] ?? `127.0.0.1:${port}`}`)
        .join(','),
      'inter.broker.listener.name': 'PLAINTEXT',
    }),
    'listener.security.protocol.map': [
      ...listeners.map(({ name }) => `${name.toUpperCase()}:${PROTOCOL[name]}`),
      'CONTROLLER:PLAINTEXT',
    ].join(','),
    ...(mine.sasl === undefined ? {} : loginSettings('sasl')),
    ...(mine.saslssl === undefined ? {} : loginSettings('saslssl')),
    ...(mine.tls === undefined && mine.mtls === undefined && mine.saslssl === undefined ? {} : tlsSettings(certs)),
    ...Object.fromEntries(
      Object.entries(certificates).map(([name, file]) => [
        `listener.name.${name}.ssl.keystore.location`,
        path.posix.join(certs, `${file}.pem`),
      ]),
    ),
    'super.users': 'User:ANONYMOUS;User:admin',
    'allow.everyone.if.no.acl.found': 'true',
    'log.dirs': path.posix.join(dir, `data-${node}`),
    'num.partitions': '3',
    'default.replication.factor': replicas,
    'auto.create.topics.enable': 'false',
    'group.initial.rebalance.delay.ms': '0', // 3,000 by default: a member would wait for others
    // 5,000 by default: so long does a new-style group take for each step of a rebalance
    'group.consumer.heartbeat.interval.ms': '500',
    'group.consumer.min.heartbeat.interval.ms': '500',
    'transaction.max.timeout.ms': '3600000', // for transactions that a test leaves open
    ...internalTopics(version, replicas),
    'log.retention.ms': '-1', // 7 days by default: records with made-up times would vanish within a second
    // Seen to within seconds: segments rolled, cleaned and deleted.
    'log.retention.check.interval.ms': '1000',
    'log.initial.task.delay.ms': '500',
    'log.cleaner.backoff.ms': '200',
    // A node that comes back must wait until the controller gives up its former self: 9,000 by default. A single node
    // keeps that, since a slow machine must not take it for dead.
    ...(brokers > 1 && { 'broker.session.timeout.ms': '4000', 'broker.heartbeat.interval.ms': '500' }),
    // Few threads and small buffers: tests need neither, and several nodes share one JVM.
    'num.network.threads': '2',
    'num.io.threads': '4',
    'num.replica.fetchers': '1',
    'background.threads': '2',
    'num.recovery.threads.per.data.dir': '1',
    'log.cleaner.dedupe.buffer.size': '4194304',
    'log.cleaner.io.buffer.size': '65536',
    ...extra,
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** A node of a cluster that keeps its metadata itself. */
function raftSettings(node: number, ports: readonly NodePorts[]): Record<string, string> {
  const { plaintext, controller } = ports[node - 1] ?? {};
  const roles = [plaintext === undefined ? [] : 'broker', controller === undefined ? [] : 'controller'];
  return {
    'process.roles': roles.flat().join(','),
    'node.id': String(node),
    'controller.quorum.voters': ports
      .flatMap((of, i) => (of.controller === undefined ? [] : [`${i + 1}@127.0.0.1:${of.controller}`]))
      .join(','),
    'controller.listener.names': 'CONTROLLER',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  };
}

const zooKeeperSettings = (node: number, port: number): Record<string, string> => ({
  'broker.id': String(node),
  'zookeeper.connect': `127.0.0.1:${port}`,
  'authorizer.class.name': 'kafka.security.authorizer.AclAuthorizer',
});

function loginSettings(listener: Listener): Record<string, string> {
  const common = 'org.apache.kafka.common.security';
  const plainUsers = Object.entries(USERS).map(([user, password]) => `user_${user}="${password}"`);
  const login: Record<string, string> = {
    plain: `${common}.plain.PlainLoginModule required username="admin" password="${USERS.admin}" ${plainUsers.join(' ')};`,
    'scram-sha-256': `${common}.scram.ScramLoginModule required;`,
    'scram-sha-512': `${common}.scram.ScramLoginModule required;`,
    // Accepts JSON Web Tokens that nobody signed: enough to see that a token arrives.
    oauthbearer: `${common}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="admin";`,
  };
  return {
    'sasl.enabled.mechanisms': Object.keys(login).join(',').toUpperCase(),
    ...Object.fromEntries(
      Object.entries(login).map(([mechanism, jaas]) => [
        `listener.name.${listener}.${mechanism}.sasl.jaas.config`,
        jaas,
      ]),
    ),
  };
}

const tlsSettings = (certs: string): Record<string, string> => ({
  'ssl.keystore.type': 'PEM',
  'ssl.keystore.location': path.posix.join(certs, 'server.pem'),
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': path.posix.join(certs, 'ca.crt'),
  'listener.name.mtls.ssl.client.auth': 'required',
});

/** Three partitions and as many replicas as there are nodes; share groups came with 4.0. */
function internalTopics(version: string, replicas: string): Record<string, string> {
  const topics: Record<string, string> = {
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': '3',
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '3',
  };
  if (version.startsWith('3.')) return topics;
  return {
    ...topics,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '3',
  };
}

/** The `--add-scram` arguments of the storage formatter, one a line. */
export const scramUsers = (): string =>
  Object.entries(USERS)
    .flatMap(([name, password]) =>
      ['SCRAM-SHA-256', 'SCRAM-SHA-512'].map((mechanism) => `${mechanism}=[name=${name},password=${password}]\n`),
    )
    .join('');
