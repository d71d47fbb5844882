import type { WireMessage } from '../transport/connection.ts';

export interface ListedGroup {
  group: string;
  protocolType: string;
  /** Empty below version 4. */
  state: string;
  /** Empty below version 5. */
  type: string;
}

/** Key 16. Each broker lists the groups that it coordinates. */
export const listGroups: WireMessage<Record<string, never>, { errorCode: number; groups: ListedGroup[] }> = {
  name: 'ListGroups',
  apiKey: 16,
  minVersion: 1,
  maxVersion: 5,
  flexibleFrom: 3,
  encode(writer, version) {
    const none: string[] = [];
    if (version >= 4) writer.array(none, (state, w) => w.string(state));
    if (version >= 5) writer.array(none, (type, w) => w.string(type));
    writer.tags();
  },
  decode(reader, version) {
    reader.int32();
    const errorCode = reader.int16();
    const groups = reader.array((r) => {
      const group = {
        group: r.string(),
        protocolType: r.string(),
        state: version >= 4 ? r.string() : '',
        type: version >= 5 ? r.string() : '',
      };
      r.tags();
      return group;
    });
    reader.tags();
    return { errorCode, groups };
  },
};
