/**
 * What the editor needs of Kafka, as one chunk that loads on the first connection and not with the extension. It must
 * stay one chunk: two copies of the connection code would not know each other's errors.
 */
export { addPartitions, createTopic, deleteRecords, deleteTopics, editTopicConfig } from './changes/topics.ts';
export { deleteGroupOffsets, deleteGroups } from './changes/groups.ts';
export { whoRuns } from './changes/members.ts';
export { produce, producePreview } from './changes/produce.ts';
export { applyReset, undoOf } from './changes/resetOffsets.ts';
export { ChangeRefused, createGate } from './changes/gate.ts';
export { createClusterClient } from './clusterClient.ts';
export { planReset } from './changes/resetPlan.ts';
export { runDoctor } from './connect/doctor.ts';
export { importClientProperties } from './connect/import/clientProperties.ts';
export { importCompose } from './connect/import/compose.ts';
export { importDaprComponents } from './connect/import/daprComponent.ts';
export { exportProfiles, importProfiles } from './connect/import/exportProfiles.ts';
export { importRunningContainers } from './connect/import/runningContainers.ts';
export { importKafkaClustersSetting } from './connect/import/kafkaClustersSetting.ts';
export { readRanges } from './read/readRanges.ts';
export { writableCodecs } from './records/codecs/compress.ts';
export { registryOf } from './values/registry.ts';
export { ValueEncoder } from './values/valueEncoder.ts';
export { Tokens } from './transport/tokens.ts';
export { connectCluster } from './transport/kafkaConnection.ts';
