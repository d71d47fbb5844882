import type { Command } from './command.ts';
import { doctorCommand } from './doctor.ts';
import { forecastCommand } from './forecast.ts';
import { groupsCommand } from './groups.ts';
import { lintCommand } from './lint.ts';
import { resetOffsetsCommand } from './resetOffsets.ts';
import { tailCommand } from './tail.ts';
import { timelineCommand } from './timeline.ts';
import { topicsCommand } from './topics.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  topicsCommand,
  groupsCommand,
  tailCommand,
  timelineCommand,
  doctorCommand,
  resetOffsetsCommand,
  lintCommand,
  forecastCommand,
];
