/** Rules and forecast, loaded when the first replay page opens. */
export { ReplayModel, startsOn } from '../../core/forecast/replay.ts';
