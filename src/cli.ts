#!/usr/bin/env node
/** Root of the `kafka-dapr` command: lets Node keep what it compiles (from 22.8 on), so that later starts are quick. */
import module from 'node:module';
import { version } from '../package.json';

module.enableCompileCache?.();
void import('./cli/commandLine.late.ts').then(({ main }) => main(version));
