import type { WireMessage } from '../transport/connection.ts';

/** DeleteGroups (key 42), sent to the groups' coordinator. Error 68: the group has members. */
export const deleteGroupsMessage: WireMessage<
  { groups: string[] },
  { results: { group: string; errorCode: number }[] }
> = {
  name: 'DeleteGroups',
  apiKey: 42,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  encode(writer, _version, { groups }) {
    writer.array(groups, (group) => writer.string(group)).tags();
  },
  decode(reader) {
    reader.int32(); // throttle ms
    const results = reader.array(() => {
      const result = { group: reader.string(), errorCode: reader.int16() };
      reader.tags();
      return result;
    });
    return { results };
  },
};
