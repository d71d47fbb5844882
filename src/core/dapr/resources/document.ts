import { parseYaml, type ParseError } from '../yaml/parse.ts';
import { entryOf, keyText, nodeAt, textOf, type MapNode, type YamlNode } from '../yaml/nodes.ts';
import { maskJsonComments } from '../yaml/jsonComments.ts';
import { splitDocuments, splitIndented, type DocumentText } from '../yaml/split.ts';
import { maskTemplates } from '../yaml/templates.ts';
import { editDistance } from '../catalog/nearest.ts';
import { readComponent, type Component } from './component.ts';
import { readSubscription, type Subscription } from './subscription.ts';
import { beforeTyping } from './typing.ts';

/** What a document declares, found by its content. `other` is Dapr's, too: Configuration, Resiliency, HTTPEndpoint, unknown kinds, what is lost under a later resource. */
export type Resource = Component | Subscription | { kind: 'other'; name: string };

/**
 * One document of a file. All ranges of its tree and of what is read from it count from the start of `text`, so a
 * document that did not change keeps its findings when it moves; {@link start} leads to the file's offsets.
 */
export interface Document {
  file: string;
  /** Place in its file, from 0, among all documents. */
  index: number;
  /** UTF-16 offset of `text` in the file. */
  start: number;
  text: string;
  /** Text behind the `---` that ends the document, which daprd drops; and where that line starts, or -1. */
  separatorText: string;
  separator: number;
  /** daprd reads nothing of it: the file ends within that line (see splitDocuments). */
  lost: number;
  /** In the block scalar of a ConfigMap: the file itself is not one of daprd's. */
  embedded: boolean;
  root: YamlNode | undefined;
  error: ParseError | undefined;
  /** Has `{{ }}` of a template tool; with `conditional` whole lines come or go, so nothing is surely missing or double. */
  templated: boolean;
  conditional: boolean;
  /** As written: empty when absent. */
  apiVersion: string;
  kind: string;
  /** Undefined: not a document for daprd. */
  resource: Resource | undefined;
  /** What it was until somebody began to type in it and it did not parse any more. */
  before?: Document;
}

/** Cheap test: only documents that pass can matter to this helper, the others are not parsed. */
const RELEVANT =
  /dapr|app-?id|pubsub|\b(?:openapi|swagger)["']?[ \t]*:|kind["']?[ \t]*:[ \t]*["']?(?:component|subscription|resiliency)\b/i;
const CATEGORIES =
  /^(?:pubsub|bindings|state|secretstores|configuration|lock|crypto|middleware|nameresolution|conversation|workflowBackend)\./i;

/**
 * Reads all documents of a file. Of its `previous` documents those whose text is still there are kept, only their
 * place is updated: whatever was found out about them stays true.
 */
export function readDocuments(file: string, text: string, previous: readonly Document[] = []): Document[] {
  const unused = new Map<string, Document[]>();
  for (const document of previous) {
    const same = unused.get(document.text);
    if (same === undefined) unused.set(document.text, [document]);
    else same.push(document);
  }
  const documents: Document[] = [];
  const add = (part: DocumentText, embedded: boolean): Document => {
    const place = { file, index: documents.length, start: part.start, separator: part.separator };
    const same = unused.get(part.text);
    const at =
      same?.findIndex(
        (d) => d.embedded === embedded && d.separatorText === part.separatorText && d.lost === part.lost,
      ) ?? -1;
    const kept = at < 0 ? undefined : same?.splice(at, 1)[0];
    const document = kept === undefined ? readDocument(part, place, embedded) : Object.assign(kept, place);
    const before = kept === undefined ? beforeTyping(document, previous) : undefined;
    if (before !== undefined) document.before = before;
    if (document.before !== undefined) document.before.start = document.start;
    documents.push(document);
    return document;
  };
  for (const part of splitDocuments(text)) {
    const parent = add(part, false);
    if (/^configmap$/i.test(parent.kind)) for (const inner of embeddedTexts(parent)) add(inner, true);
  }
  return documents;
}

type Place = Pick<Document, 'file' | 'index' | 'start' | 'separator'>;

function readDocument(part: DocumentText, at: Place, embedded: boolean): Document {
  const place = { ...at, separatorText: part.separatorText, lost: part.lost, embedded };
  const empty = { text: part.text, root: undefined, error: undefined, templated: false, conditional: false };
  if (!RELEVANT.test(part.text)) return { ...place, ...empty, apiVersion: '', kind: '', resource: undefined };
  const masked = maskTemplates(/\.json$/i.test(at.file) ? maskJsonComments(part.text) : part.text);
  const parsed = parseYaml(masked.text);
  const document: Document = {
    ...place,
    text: part.text,
    root: parsed.root,
    error: parsed.error,
    templated: masked.templated,
    conditional: masked.controls.some((at) => parsed.root === undefined || isInside(at, parsed.root)),
    apiVersion: textOf(entryOf(parsed.root, 'apiVersion')?.value) ?? '',
    kind: textOf(entryOf(parsed.root, 'kind')?.value) ?? '',
    resource: undefined,
  };
  document.resource = document.error ? brokenResource(part.text) : readResource(document);
  return document;
}

/** What wraps the whole document (`{{ if .Values.enabled }}` around all of it) leaves nothing in it undecided. */
function isInside(offset: number, root: YamlNode): boolean {
  return offset > root.range.start && offset < root.range.end;
}

function readResource(document: Document): Resource | undefined {
  const { root, kind, apiVersion } = document;
  if (root?.kind !== 'map') return undefined;
  const type = textOf(nodeAt(root, 'spec', 'type')) ?? '';
  const dapr = /^dapr\.?io\b/i.test(apiVersion.trim()) || /^dapr\.io/i.test(apiVersion);
  const looksLike = (word: string) => kind.toLowerCase() === word.toLowerCase();
  const pubsub = nodeAt(root, 'spec', 'pubsubname');
  const isType = CATEGORIES.test(type);
  const foreign = !dapr && apiVersion !== '' && !/dapr/i.test(apiVersion);
  if (foreign && hidesDapr(root)) return { kind: 'other', name: '' };
  // Under another apiVersion only what has both, kind and content, is a slip of the pen.
  const slip = (looksLike('Component') && isType) || (looksLike('Subscription') && pubsub !== undefined);
  if (foreign && (!slip || hasOwnDomain(apiVersion))) return undefined;
  if (looksLike('Component') || (isType && (dapr || kind === '')))
    return dapr || isType ? readComponent(document, root) : undefined;
  if ((looksLike('Subscription') && (dapr || pubsub !== undefined)) || (dapr && kind === '' && pubsub !== undefined))
    return readSubscription(document, root);
  if (!dapr) return undefined;
  return { kind: 'other', name: textOf(nodeAt(root, 'metadata', 'name')) ?? '' };
}

/** `platform.example.com/v1` is another product's and meant so; `v1`, `apps/v1` and `darp.io/v1alpha1` are not. */
function hasOwnDomain(apiVersion: string): boolean {
  const [group = ''] = apiVersion.toLowerCase().split('/', 1);
  return apiVersion.includes('/') && group.includes('.') && editDistance(group, 'dapr.io', 3) > 2;
}

/** Something else follows a Dapr resource without `---`: only the last one exists (C-14). */
function hidesDapr(root: MapNode): boolean {
  return root.entries.some(
    ({ key, value }) => keyText(key) === 'apiVersion' && /^dapr\.io\//.test(textOf(value) ?? ''),
  );
}

/** A document that does not parse is Dapr's when an unindented line says so; Markdown with fenced examples is not. */
function brokenResource(text: string): Resource | undefined {
  if (/^[ \t]*(?:```|~~~)/m.test(text)) return undefined;
  return /^\s*["']?apiVersion["']?\s*:\s*["']?dapr\.io\//im.test(text) ? { kind: 'other', name: '' } : undefined;
}

/** Dapr documents in the block scalars of a ConfigMap's data: their text keeps its indentation, so offsets stay true. */
function embeddedTexts(parent: Document): DocumentText[] {
  const data = nodeAt(parent.root, 'data');
  if (data?.kind !== 'map') return [];
  return data.entries.flatMap(({ value }) => {
    if (value.kind !== 'scalar' || value.style !== 'literal' || !/dapr\.io\//.test(value.text)) return [];
    const body = parent.text.indexOf('\n', value.range.start) + 1;
    return splitIndented(parent.text.slice(body, value.range.end), parent.start + body);
  });
}
