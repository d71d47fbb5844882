/** Rules and forecast, loaded when the first replay page opens. */
export { brokersInFiles, ReplayModel } from '../../core/forecast/replay.ts';
