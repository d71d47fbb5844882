#!/usr/bin/env node
/** Root of the `kafka-dapr` command: lets Node keep what it compiles (from 22.8 on), so that later starts are quick. */
import module from 'node:module';
import v8 from 'node:v8';
import { version } from '../package.json';

module.enableCompileCache?.();
// A command runs for seconds: with more room for what is new (MiB) there is less to clean up meanwhile.
v8.setFlagsFromString('--min-semi-space-size=16');
void import('./cli/commandLine.late.ts').then(({ main }) => main(version));
