import * as l10n from '@vscode/l10n';
import { componentOf } from '../catalog/catalog.ts';
import type { HandlerAnswer } from '../delivery/handlerOutcome.ts';

/**
 * What the keys of Dapr's files mean: the JSON files beside this one, merged by the build into dist/help.json. They are
 * read when somebody first asks (a hover), so that they cost neither the start nor the browser's bundle.
 */
export interface HelpTexts {
  /** `shared`, `kafka` or a component type -> key -> what it means, or that and what happens when it is wrong. */
  keys: Record<string, Record<string, string | [string, string]>>;
  /** `component spec.version` -> what it means; `*` stands for a name of the user's. */
  resources: Record<string, string>;
  beliefs: Belief[];
  /**
   * Of a Subscription that gets batches: each answer of its handler with its name, what else is different, and the
   * names of the recorded runs.
   */
  bulk: { answers: [HandlerAnswer, string][]; notes: string[]; runs: string[] };
}

/** Something people say, answered. */
export interface Belief {
  /** Anchor of its section in docs/facts.md. */
  id: string;
  belief: string;
  verdict: string;
  answer: string;
  /** Keys of `spec.metadata`, and paths as in {@link HelpTexts.resources}, where it comes to mind. */
  places: string[];
}

/** In the user's language. The texts are data: scripts/translations.ts finds them in the JSON files. */
const translated = (text: string): string => l10n.t(text);

export interface KeyHelp {
  meaning: string;
  wrong?: string;
}

/** What a key of `spec.metadata` means for a component type; undefined: nothing is known beyond its facts. */
export function keyHelp({ keys }: HelpTexts, type: string, name: string): KeyHelp | undefined {
  const known = componentOf(type)?.type ?? type;
  const texts = (known.endsWith('.kafka') ? keys['kafka'] : keys[known])?.[name] ?? keys['shared']?.[name];
  if (texts === undefined) return undefined;
  if (typeof texts === 'string') return { meaning: translated(texts) };
  return { meaning: translated(texts[0]), wrong: translated(texts[1]) };
}

/** What a field of a Dapr resource outside `spec.metadata` means, by its path of keys. */
export function resourceHelp({ resources }: HelpTexts, path: string): string | undefined {
  const text = resources[path] ?? Object.entries(resources).find(([pattern]) => fits(pattern, path))?.[1];
  return text === undefined ? undefined : translated(text);
}

/** Popular beliefs about a key or path, each as `[belief, verdict, answer]` in the user's language. */
export function beliefsAt({ beliefs }: HelpTexts, place: string) {
  return beliefs
    .filter(({ places }) => places.some((at) => fits(at, place)))
    .map(({ id, belief, verdict, answer }) => ({ id, texts: [belief, verdict, answer].map(translated) }));
}

/** What an app may answer to a batch, and what differs from single messages, in the user's language. */
export function bulkHelp({ bulk }: HelpTexts): HelpTexts['bulk'] {
  return {
    answers: bulk.answers.map(([answer, name]) => [answer, translated(name)]),
    notes: bulk.notes.map(translated),
    runs: bulk.runs,
  };
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('.');
  const have = path.split('.');
  return wanted.length === have.length && wanted.every((part, i) => part === '*' || part === have[i]);
}
