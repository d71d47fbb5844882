import type { WireMessage } from '../transport/connection.ts';
import type { ItemResult } from './createTopics.ts';

/** Kinds of thing that have a configuration. */
export const CONFIG_RESOURCE = { topic: 2, broker: 4 } as const;

const SET = 0;
const DELETE = 1;

export interface IncrementalAlterConfigsRequest {
  resources: {
    type: (typeof CONFIG_RESOURCE)[keyof typeof CONFIG_RESOURCE];
    name: string;
    /** null: back to the default. */
    changes: [name: string, value: string | null][];
  }[];
  validateOnly: boolean;
}

/** IncrementalAlterConfigs (key 44, KIP-339, Kafka 2.3+): what is not named keeps its value. */
export const incrementalAlterConfigsMessage: WireMessage<IncrementalAlterConfigsRequest, { resources: ItemResult[] }> =
  {
    name: 'IncrementalAlterConfigs',
    apiKey: 44,
    minVersion: 0,
    maxVersion: 1,
    flexibleFrom: 1,
    encode(writer, _version, request) {
      writer.array(request.resources, ({ type, name, changes }) => {
        writer.int8(type).string(name);
        writer.array(changes, ([config, value]) => {
          writer
            .string(config)
            .int8(value === null ? DELETE : SET)
            .string(value)
            .tags();
        });
        writer.tags();
      });
      writer.boolean(request.validateOnly).tags();
    },
    decode(reader) {
      reader.int32(); // throttle ms
      const resources = reader.array(() => {
        const errorCode = reader.int16();
        const message = reader.nullableString();
        reader.int8(); // resource type
        const name = reader.string();
        reader.tags();
        return { name, errorCode, message };
      });
      return { resources };
    },
  };
