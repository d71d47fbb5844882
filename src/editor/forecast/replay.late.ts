/** Rules and forecast, loaded when the activation is over. */
export { countHandover } from './countHandover.ts';
export { showComponentsOf } from './componentsOf.ts';
export { FileForecasts } from './fileForecasts.ts';
export { decode } from '../../core/dapr/yaml/bytes.ts';
export { deadLettersOf } from '../../core/dapr/deadLetters.ts';
export { componentText, toMetadata } from '../../core/dapr/delivery/componentMetadata.ts';
export { ReplayModel, startsOn } from '../../core/forecast/replay.ts';
export { morePlaces, tryDelivery } from '../../core/forecast/tryDelivery.ts';
