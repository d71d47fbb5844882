/**
 * A Java that has Apache Kafka's classes and our own (java/lab): the machine's, or one inside a container. The rest of
 * this folder does not care which.
 */
export interface KafkaRuntime {
  readonly version: string;
  /** Where brokers bind their sockets. */
  readonly bind: string;
  /** Runs `lab.Brokers` on `dir`, which it can read and write, with these ports open to this machine. */
  brokers(dir: string, ports: readonly number[]): CommandLine;
  /** Runs one node of `dir` alone; missing where a process for each is neither possible nor needed. */
  broker?(dir: string, node: number): CommandLine;
  /** Runs `lab.Tool`, which reaches the brokers of `dir` (or any others) at the addresses they advertise. */
  tool(dir?: string): CommandLine;
  /** Hears that the brokers ended in good order. */
  ended?(): Promise<void>;
}

export type CommandLine = [command: string, ...args: string[]];

/** Says what is going on while something takes its time. */
export type Log = (line: string) => void;

/** Small and quick to start: most of these JVMs live for seconds. */
export const JVM_FLAGS = [
  '-Xms64m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:-UsePerfData',
  '-Djava.awt.headless=true',
  '-Xlog:disable', // the JVM's own warnings would come in between our lines on stdout
  '-Xlog:all=error:stderr',
];

/** Kafka without a logging backend swallows even what keeps it from starting. */
export const loggingFlags = (file: string): string[] => [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
  `-Dorg.slf4j.simpleLogger.logFile=${file}`,
];
