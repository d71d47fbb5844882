import type { Reader } from './bytes.ts';
import type { TopicAssignment } from './groupAssignment.ts';
import { groupDescribe } from './groupDescribe.ts';

interface StreamsMember {
  memberId: string;
  instanceId: string | null;
  clientId: string;
  host: string;
  /** The active tasks: each source topic of a task's sub-topology with the task's partitions. */
  assignment: TopicAssignment[];
}

/** Key 89 (KIP-1071), version 0: the only one whose layout is known for certain. */
export const streamsGroupDescribe = groupDescribe(
  { name: 'StreamsGroupDescribe', apiKey: 89, minVersion: 0, maxVersion: 0 },
  (r) => {
    const sources = topology(r);
    return { members: r.array((m) => member(m, sources)) };
  },
);

const strings = (r: Reader): string[] => r.array((s) => s.string());

/**
 * Sub-topology -> the topics it reads. Null before the group knows its topology; the 4.x brokers put an epoch and the
 * list into a structure of its own, marked by one byte (-1: null).
 */
function topology(r: Reader): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  if (r.int8() === -1) return sources;
  r.int32(); // epoch
  for (const [id, topics] of r.nullableArray(subtopology) ?? []) sources.set(id, topics);
  r.tags();
  return sources;
}

function subtopology(r: Reader): [string, string[]] {
  const id = r.string();
  const topics = strings(r);
  strings(r); // repartition topics it writes
  r.array(topicInfo); // changelogs
  const repartitioned = r.array(topicInfo);
  r.tags();
  return [id, [...topics, ...repartitioned]];
}

function topicInfo(r: Reader): string {
  const name = r.string();
  r.int32();
  r.int16();
  r.array(keyValue);
  r.tags();
  return name;
}

function keyValue(r: Reader): void {
  r.string();
  r.string();
  r.tags();
}

function member(r: Reader, sources: ReadonlyMap<string, string[]>): StreamsMember {
  const memberId = r.string();
  r.int32(); // epoch
  const instanceId = r.nullableString();
  r.nullableString(); // rack
  const clientId = r.string();
  const host = r.string();
  r.int32(); // topology epoch
  r.string(); // process id
  if (r.int8() !== -1) {
    // user endpoint
    r.string();
    r.uint16();
    r.tags();
  }
  r.array(keyValue); // client tags
  r.array(taskOffset);
  r.array(taskOffset);
  const active = tasks(r);
  tasks(r); // target
  r.boolean(); // is classic
  r.tags();
  const assignment = active.flatMap(({ subtopology: id, partitions }) =>
    (sources.get(id) ?? []).map((topic) => ({ topic, partitions })),
  );
  return { memberId, instanceId, clientId, host, assignment };
}

function taskOffset(r: Reader): void {
  r.string();
  r.int32();
  r.int64();
  r.tags();
}

function tasks(r: Reader): { subtopology: string; partitions: number[] }[] {
  const ids = (x: Reader) =>
    x.array((t) => {
      const task = { subtopology: t.string(), partitions: t.array((p) => p.int32()) };
      t.tags();
      return task;
    });
  const active = ids(r);
  ids(r); // standby
  ids(r); // warm-up
  r.tags();
  return active;
}
