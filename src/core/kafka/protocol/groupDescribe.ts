import type { WireMessage } from '../transport/connection.ts';
import type { Reader } from './bytes.ts';

/** What the describe messages of the newer group types have in common (KIP-848, KIP-932, KIP-1071). */
export interface DescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  group: string;
  state: string;
}

/** A describe message whose groups go on with `rest` behind their state and epochs. */
export function groupDescribe<Rest extends object>(
  message: { name: string; apiKey: number; minVersion: number; maxVersion: number },
  rest: (reader: Reader, version: number) => Rest,
): WireMessage<{ groups: readonly string[] }, { groups: (DescribedGroup & Rest)[] }> {
  return {
    ...message,
    flexibleFrom: 0,
    encode(writer, _version, { groups }) {
      writer
        .array(groups, (group, w) => w.string(group))
        .boolean(false) // authorized operations
        .tags();
    },
    decode(reader, version) {
      reader.int32(); // throttle ms
      const groups = reader.array((r) => {
        const errorCode = r.int16();
        const errorMessage = r.nullableString();
        const group = r.string();
        const state = r.string();
        // group epoch, assignment epoch
        r.int32();
        r.int32();
        const described = { errorCode, errorMessage, group, state, ...rest(r, version) };
        r.int32(); // authorized operations
        r.tags();
        return described;
      });
      reader.tags();
      return { groups };
    },
  };
}
