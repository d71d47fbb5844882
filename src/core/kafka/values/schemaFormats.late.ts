/** Avro and Protobuf with their libraries: loaded when the first value needs them. */
export { decoderOf, type PayloadDecoder } from './payloadDecoders.ts';
export { encoderOf } from './schemaEncoder.ts';
export { readSchemaFiles, type FileSchema } from './schemaFiles.ts';
