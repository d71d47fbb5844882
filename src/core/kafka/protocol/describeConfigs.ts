import type { WireMessage } from '../transport/connection.ts';
import type { CONFIG_RESOURCE } from './incrementalAlterConfigs.ts';

export interface DescribeConfigsRequest {
  type: (typeof CONFIG_RESOURCE)[keyof typeof CONFIG_RESOURCE];
  name: string;
}

export interface DescribeConfigsResponse {
  errorCode: number;
  message: string | null;
  configs: DescribedConfig[];
}

export interface DescribedConfig {
  name: string;
  /** null: sensitive, or not set. */
  value: string | null;
  readOnly: boolean;
  /** 1 topic, 2 broker (dynamic), 3 cluster (dynamic), 4 server.properties, 5 default, 6 logger. */
  source: number;
  sensitive: boolean;
  /** From v3 (Kafka 2.6); null before. */
  documentation: string | null;
}

/** DescribeConfigs (key 32) of one topic or broker, all its settings with their documentation. v1 brought the source. */
export const describeConfigsMessage: WireMessage<DescribeConfigsRequest, DescribeConfigsResponse> = {
  name: 'DescribeConfigs',
  apiKey: 32,
  minVersion: 1,
  maxVersion: 4,
  flexibleFrom: 4,
  encode(writer, version, { type, name }) {
    writer.array([name], () =>
      writer
        .int8(type)
        .string(name)
        .array(null, () => undefined)
        .tags(),
    );
    writer.boolean(false); // synonyms
    if (version >= 3) writer.boolean(true); // documentation
    writer.tags();
  },
  decode(reader, version) {
    reader.int32(); // throttle ms
    const [result] = reader.array(() => {
      const errorCode = reader.int16();
      const message = reader.nullableString();
      reader.int8(); // resource type
      reader.string(); // resource name
      const configs = reader.array(() => {
        const config = {
          name: reader.string(),
          value: reader.nullableString(),
          readOnly: reader.boolean(),
          source: reader.int8(),
          sensitive: reader.boolean(),
          documentation: null as string | null,
        };
        reader.array(() => {
          reader.string();
          reader.nullableString();
          reader.int8();
          reader.tags();
        });
        if (version >= 3) {
          reader.int8(); // value type
          config.documentation = reader.nullableString();
        }
        reader.tags();
        return config;
      });
      reader.tags();
      return { errorCode, message, configs };
    });
    reader.tags();
    return result ?? { errorCode: -1, message: null, configs: [] };
  },
};
