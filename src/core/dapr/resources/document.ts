import type { ParseError } from '../yaml/events.ts';
import { parseYaml } from '../yaml/parse.ts';
import { entryOf, keyText, nodeAt, textOf, type MapNode, type YamlNode } from '../yaml/nodes.ts';
import { isJsonFile, maskJsonComments } from '../yaml/jsonText.ts';
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
  /** Part of another document: the block scalar of a ConfigMap, or an item of a List. daprd does not read it there. */
  embedded: false | 'ConfigMap' | 'List';
  root: YamlNode | undefined;
  error: ParseError | undefined;
  /** Where text begins that daprd does not come to, and that was not meant to end here (C-21). */
  unread: number | undefined;
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
const DAPR = /["']?apiVersion["']?[ \t]*:[ \t]*["']?dapr\.io\//;
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
  const add = (part: DocumentText, embedded: Document['embedded']): Document => {
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
    const inside = /^configmap$/i.test(parent.kind) ? 'ConfigMap' : 'List';
    for (const inner of inside === 'List' ? listedTexts(parent) : embeddedTexts(parent)) add(inner, inside);
  }
  return documents;
}

type Place = Pick<Document, 'file' | 'index' | 'start' | 'separator'>;

function readDocument(part: DocumentText, at: Place, embedded: Document['embedded']): Document {
  const place = { ...at, separatorText: part.separatorText, lost: part.lost, embedded };
  const empty = {
    text: part.text,
    root: undefined,
    error: undefined,
    unread: undefined,
    templated: false,
    conditional: false,
  };
  if (!RELEVANT.test(part.text)) return { ...place, ...empty, apiVersion: '', kind: '', resource: undefined };
  // An item of a list keeps the dash before its first key, as its other keys stand that far to the right, too.
  const own = embedded === 'List' ? part.text.replace(/^([ ]*)-/, '$1 ') : part.text;
  const masked = maskTemplates(isJsonFile(at.file) ? maskJsonComments(own) : own);
  const parsed = parseYaml(masked.text);
  const document: Document = {
    ...place,
    text: part.text,
    root: parsed.root,
    error: parsed.error,
    unread: isMeant(part.text, parsed.unread) ? parsed.unread : undefined,
    templated: masked.templated,
    conditional: masked.controls.some((at) => parsed.root === undefined || isInside(at, parsed.root)),
    apiVersion: textOf(entryOf(parsed.root, 'apiVersion')?.value) ?? '',
    kind: textOf(entryOf(parsed.root, 'kind')?.value) ?? '',
    resource: undefined,
  };
  if (document.error === undefined) document.resource = readResource(document);
  // An item of a List was read with the List: alone it may only lack an anchor.
  else if (embedded !== 'List') document.resource = brokenResource(part.text);
  if (hasDapr(part.text, document.unread)) document.resource ??= { kind: 'other', name: '' };
  return document;
}

/** Behind `...` stands what its author may have wanted out of the way. */
function isMeant(text: string, unread: number | undefined): boolean {
  return unread !== undefined && (text.slice(unread - 3, unread) !== '...' || hasDapr(text, unread));
}

export function hasDapr(text: string, from: number | undefined): boolean {
  return from !== undefined && DAPR.test(text.slice(from));
}

/** What wraps the whole document (`{{ if .Values.enabled }}` around all of it) leaves nothing in it undecided. */
function isInside(offset: number, root: YamlNode): boolean {
  return offset > root.range.start && offset < root.range.end;
}

function readResource(document: Document): Resource | undefined {
  const { root, kind, apiVersion } = document;
  if (listedIn(document).length > 0) return { kind: 'other', name: '' };
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
  return /^\s*\{?\s*["']?apiVersion["']?\s*:\s*["']?dapr\.io\//im.test(text) ? { kind: 'other', name: '' } : undefined;
}

/** Dapr's resources in a list that is a document, or the `items` of a List, as kubectl writes several. */
export function listedIn({ root, kind }: Pick<Document, 'root' | 'kind'>): readonly MapNode[] {
  const list = root?.kind === 'seq' ? root : /List$/.test(kind) ? entryOf(root, 'items')?.value : undefined;
  if (list?.kind !== 'seq') return [];
  return list.items.filter(
    (item) => item.kind === 'map' && /^dapr\.io\//.test(textOf(entryOf(item, 'apiVersion')?.value) ?? ''),
  ) as MapNode[];
}

/** For kubectl each item of a List is a document. */
function listedTexts(parent: Document): DocumentText[] {
  if (parent.root?.kind !== 'map') return [];
  return listedIn(parent).map(({ range }) => {
    const lineStart = parent.text.lastIndexOf('\n', range.start - 1) + 1;
    const start = /^[ ]*-[ ]+$/.test(parent.text.slice(lineStart, range.start)) ? lineStart : range.start;
    return {
      start: parent.start + start,
      text: parent.text.slice(start, range.end),
      separator: -1,
      separatorText: '',
      lost: 0,
    };
  });
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
