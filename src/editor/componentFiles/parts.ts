import type * as Declare from './declare.ts';
import type * as ExplainLine from './explainLine.ts';
import type * as HandlerText from './handlerText.ts';
import type * as HoverText from './hoverText.ts';
import type * as LensesOf from './lensesOf.ts';
import type * as Links from './links.ts';
import type * as NewFiles from './newFiles.ts';
import type * as QuickFixes from './quickFixes.ts';
import type * as Suggestions from './suggestions.ts';

/** What nobody needs before asking for it. The root supplies it: at hand, or a browser's pieces that load on first use. */
export interface HelperParts {
  declare: () => Promise<typeof Declare>;
  explainLine: () => Promise<typeof ExplainLine>;
  handlerText: () => Promise<typeof HandlerText>;
  hoverText: () => Promise<typeof HoverText>;
  lensesOf: () => Promise<typeof LensesOf>;
  links: () => Promise<typeof Links>;
  newFiles: () => Promise<typeof NewFiles>;
  quickFixes: () => Promise<typeof QuickFixes>;
  suggestions: () => Promise<typeof Suggestions>;
}
