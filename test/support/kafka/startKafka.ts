import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { BrokerProcess } from './brokerProcess.ts';
import { makeCertificates } from './certificates.ts';
import { findRuntime } from './findRuntime.ts';
import {
  LISTENERS,
  nodeProperties,
  scramUsers,
  type Listener,
  type NodePorts,
  type NodeSettings,
} from './nodeProperties.ts';
import type { CommandLine, Log } from './runtime.ts';

export interface StartOptions extends Pick<NodeSettings, 'advertised' | 'certificates'> {
  /** Apache Kafka's version; default `KAFKA_VERSION`, else {@link DEFAULT_VERSION}. */
  version?: string;
  /** Default 1. */
  nodes?: 1 | 3;
  /** Brokers that are no controllers, with one more node that is nothing else. */
  controllerApart?: boolean;
  /** Brokers that keep their metadata in ZooKeeper, which runs beside them: a Kafka 3.x in one process. Logins by PLAIN only. */
  zooKeeper?: boolean;
  /** Besides plaintext, which is always there; default all of them. Each one with TLS costs start time. */
  listeners?: readonly Listener[];
  /** A JVM for each node: to kill one, and for many partitions, since each takes file descriptors of its process. */
  apart?: boolean;
  /** Further lines of server.properties. */
  extra?: Readonly<Record<string, string>>;
  /** Told what takes its time. */
  log?: Log;
  signal?: AbortSignal;
}

/** Where a cluster answers: plain JSON, so that one process can start it for others. Addresses are `host:port[,…]`. */
export interface KafkaAddresses {
  bootstrap: string;
  sasl?: string;
  tls?: string;
  mtls?: string;
  saslSsl?: string;
  version: string;
  nodes: number;
  /** Folder with what {@link makeCertificates} makes. */
  certs: string;
  /** Command line of the Java tool, to be followed by `BOOTSTRAP COMMAND ARGS`. */
  tool: CommandLine;
}

export interface KafkaLab extends KafkaAddresses {
  /** Stops one node in good order: its leaders and coordinators move. Nodes count from 1, as broker ids do. */
  stopNode(node: number): Promise<void>;
  /** Kills the process of one node of a cluster that is `apart`. Resolves once it is gone; nobody else knows yet. */
  killNode(node: number): Promise<void>;
  /** A node that was stopped or killed. Resolves when it is up; one that was killed, when the whole cluster is. */
  startNode(node: number): Promise<void>;
  /** Ends all processes and removes all data. */
  stop(): Promise<void>;
}

export const DEFAULT_VERSION = '4.4.0';
/** The last line with ZooKeeper, without new-style groups: most of what people run is at least this. */
export const OLDER_VERSION = '3.9.2';

/**
 * An Apache Kafka of its own for whoever calls, on free ports of this machine; usable when this returns. Throws with
 * what is missing on this machine and what to do, or with the brokers' own last words.
 */
export async function startKafka(options: StartOptions = {}): Promise<KafkaLab> {
  const { nodes = 1, listeners = LISTENERS, log = () => undefined, signal } = options;
  const runtime = await findRuntime(options.version ?? process.env.KAFKA_VERSION ?? DEFAULT_VERSION, log);
  signal?.throwIfAborted();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kafka-lab-'));
  const certs = path.join(dir, 'certs');
  const removeDir = () => fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  const brokers: BrokerProcess[] = [];
  const stop = async () => {
    await Promise.all(brokers.map((process) => process.stop()));
    process.off('exit', removeDir);
    removeDir();
  };
  try {
    const [ports] = await Promise.all([freePorts(nodes, listeners, options), makeCertificates(certs)]);
    fs.writeFileSync(path.join(dir, 'scram-users'), scramUsers());
    const { extra = {}, advertised = {}, certificates = {} } = options;
    const { bind, version } = runtime;
    const common = { ports, dir, certs, bind, version, extra, advertised, certificates };
    for (let node = 1; node <= ports.length; node++)
      fs.writeFileSync(path.join(dir, `node-${node}.properties`), nodeProperties({ node, ...common }));
    log(`starting Apache Kafka ${runtime.version} (${nodes === 1 ? 'one node' : `${nodes} nodes`}) …`);
    const commands =
      options.apart && runtime.broker
        ? ports.map((_, i) => runtime.broker!(dir, i + 1))
        : [
            runtime.brokers(
              dir,
              ports.flatMap((p) => Object.values(p)),
            ),
          ];
    const run = (command: CommandLine) => new BrokerProcess(runtime, dir, command);
    brokers.push(...commands.map(run));
    // After the brokers' own, which end them.
    process.once('exit', removeDir);
    await Promise.all(brokers.map((process) => process.ready(signal)));
    const processOf = (node: number) => brokers[node - 1] ?? brokers[0]!;
    const killed = new Set<number>();
    return {
      ...addresses(ports),
      version: runtime.version,
      nodes,
      certs,
      tool: runtime.tool(dir),
      stopNode: (node) => processOf(node).node('stop', node),
      async killNode(node) {
        if (commands.length < nodes) throw new Error('a node that shares its process with others cannot be killed');
        killed.add(node);
        await processOf(node).kill();
      },
      async startNode(node) {
        if (!killed.delete(node)) return processOf(node).node('start', node);
        const process = run(commands[node - 1]!);
        brokers[node - 1] = process;
        await process.ready(signal);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addresses(
  ports: readonly NodePorts[],
): Pick<KafkaAddresses, 'bootstrap' | 'sasl' | 'tls' | 'mtls' | 'saslSsl'> {
  const of = (listener: Listener) =>
    ports.flatMap((p) => (p[listener] === undefined ? [] : [`127.0.0.1:${p[listener]}`])).join(',');
  const has = (listener: Listener) => ports[0]?.[listener] !== undefined;
  return {
    bootstrap: of('plaintext'),
    ...(has('sasl') && { sasl: of('sasl') }),
    ...(has('tls') && { tls: of('tls') }),
    ...(has('mtls') && { mtls: of('mtls') }),
    ...(has('saslssl') && { saslSsl: of('saslssl') }),
  };
}

export async function freePorts(
  nodes: number,
  listeners: readonly Listener[],
  { controllerApart, zooKeeper }: StartOptions,
): Promise<NodePorts[]> {
  const broker = [...new Set<keyof NodePorts>(['plaintext', ...listeners])];
  const brokers = Array.from({ length: nodes }, () => broker);
  let wanted: (keyof NodePorts)[][] = brokers.map((names) => [...names, 'controller']);
  if (controllerApart) wanted = [...brokers, ['controller']];
  if (zooKeeper) wanted = brokers.map((names, node) => (node === 0 ? [...names, 'zookeeper'] : names));
  const held = await Promise.all(wanted.map((names) => Promise.all(names.map(() => hold()))));
  const ports = wanted.map((names, node): NodePorts =>
    Object.fromEntries(names.map((name, i) => [name, (held[node]![i]!.address() as AddressInfo).port])),
  );
  await Promise.all(held.flat().map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** All ports are held until the last is known, so that the system does not hand out one twice. */
const hold = (): Promise<net.Server> =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  });
