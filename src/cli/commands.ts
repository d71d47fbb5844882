import type { Command } from './command.ts';
import { groupsCommand } from './groups.ts';
import { lintCommand } from './lint.ts';
import { topicsCommand } from './topics.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [topicsCommand, groupsCommand, lintCommand];
