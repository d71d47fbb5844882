import type { HelpTexts } from '../src/core/dapr/help/helpTexts.ts';

export function helpTexts(root: string): HelpTexts;
