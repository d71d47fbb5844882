import type { Command } from './command.ts';

/** Every command, in the order of the help; what one needs is loaded when it is asked for. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  topics: async () => (await import('./topics.ts')).topicsCommand,
  groups: async () => (await import('./groups.ts')).groupsCommand,
  tail: async () => (await import('./tail.ts')).tailCommand,
  timeline: async () => (await import('./timeline.ts')).timelineCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  'reset-offsets': async () => (await import('./resetOffsets.ts')).resetOffsetsCommand,
  lint: async () => (await import('./lint.ts')).lintCommand,
  forecast: async () => (await import('./forecast.ts')).forecastCommand,
};
