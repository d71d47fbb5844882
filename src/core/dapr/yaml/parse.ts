import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from 'js-yaml';
import type { TextRange } from '../finding.ts';
import { ESCAPED, fold, isBreak, lineRange, readEvents, type ParseError } from './events.ts';
import { keyText, type MapEntry, type ScalarNode, type ScalarStyle, type YamlNode } from './nodes.ts';
import { NotJson, resolvePlain, resolveTagged, TagMismatch, type ScalarValue } from './scalars.ts';
import { strayTab } from './strayTab.ts';
import { TEMPLATE_MARK } from './templates.ts';

const EXPECTED_NODE = 'did not find expected node content';

export type ParseResult =
  | { root: YamlNode | undefined; error?: undefined; unread?: number }
  | { root?: undefined; error: ParseError; unread?: undefined };

/** More keys than any file has: what a chain of merge keys may add up to before it is refused. */
const MAX_MERGED_KEYS = 10_000;

/** What daprd's parser refuses wherever it stands, also in a comment. */
const CONTROL = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
/** Stands in a text for bytes that are no UTF-8: half of a surrogate pair, which no text has. */
export const NOT_UTF8 = '\udc80';
/** Line breaks like any other for YAML 1.1. */
const OLD_BREAKS = /[\x85\u2028\u2029]/g;
/** Ends the document, wherever it stands; at its beginning daprd's parser stumbles over it. */
const DOCUMENT_END = /^\.\.\.(?![^\s])/m;

/**
 * Parses one document to a tree with a range for every key and value. Aliases are not expanded: a collection stands
 * in the tree once, however often it is used, so that a "billion laughs" file costs its own size. `unread`: where text
 * begins that daprd does not come to: behind `...`, or where the document is at its end without a line `---`.
 */
export function parseYaml(written: string): ParseResult {
  const control = CONTROL.exec(written);
  if (control !== null) {
    const reason =
      control[0] === NOT_UTF8 ? 'invalid UTF-8 (save the file as UTF-8)' : 'control characters are not allowed';
    return { error: { range: lineRange(written, control.index), reason, notJson: false } };
  }
  const whole = written.replace(OLD_BREAKS, '\n');
  const end = whole.search(DOCUMENT_END);
  const text = end < 0 ? whole : whole.slice(0, end);
  if (end >= 0 && /^(?:\s*(?:#.*)?\n)*$/.test(text))
    return { error: { range: lineRange(whole, end), reason: EXPECTED_NODE, notJson: false } };
  const read = readEvents(text);
  if ('error' in read) return read;
  try {
    const root = new TreeBuilder(read.text, read.events).build();
    const tab = root === undefined ? undefined : strayTab(text, root);
    if (tab !== undefined) throw new TreeError(lineRange(text, tab), 'found character that cannot start any token');
    const unread = read.unread ?? (end < 0 ? undefined : end + 3);
    return unread === undefined ? { root } : { root, unread };
  } catch (error) {
    if (error instanceof TreeError) return { error: error.problem };
    throw error;
  }
}

const AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g;

class TreeError extends Error {
  readonly problem: ParseError;
  constructor(range: TextRange, reason: string, notJson = false) {
    super(reason);
    this.problem = { range, reason, notJson };
  }
}

function isBlank(text: string, offset: number): boolean {
  const c = text.charCodeAt(offset);
  return c === 32 || c === 9 || c === 10 || c === 13;
}

const STYLES: Record<number, ScalarStyle> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;

const isBare = ({ tagStart, anchorStart }: ScalarEvent) => tagStart < 0 && anchorStart < 0;

/** No slash, no half of a surrogate pair, nothing beyond Unicode. */
const REFUSED_ESCAPE = /(?:^|[^\\])(?:\\\\)*\\(?:\/|u[dD][89a-fA-F]|U(?!00(?:0|10)))/;

/** The first line of a block whose indentation is found out begins with a tab. */
const TAB_FIRST = /[|>][-+]?[ \t]*(?:#[^\n]*)?\r?\n(?:[ ]*\r?\n)*[ ]*\t/y;

class TreeBuilder {
  private readonly text: string;
  private readonly events: Event[];
  private next = 0;
  /** Where the last node or key ended: an absent value stands right after it. */
  private cursor = 0;
  private mergedKeys = 0;
  private readonly hasTabs: boolean;
  /** Brackets and braces around the place. */
  private flows = 0;
  private readonly anchors = new Map<string, YamlNode | 'open'>();

  constructor(text: string, events: Event[]) {
    this.text = text;
    this.events = events;
    this.hasTabs = text.includes('\t');
  }

  /** The first document of the text: what follows `...` daprd does not read. */
  build(): YamlNode | undefined {
    const first = this.events[0];
    if (first?.type !== EVENT_ID.DOCUMENT) return undefined;
    this.next = 1;
    if (this.events[1]?.type === EVENT_ID.POP) return undefined;
    return this.node('item');
  }

  private take(): Event {
    const event = this.events[this.next++];
    if (event === undefined) throw new TreeError({ start: this.text.length, end: this.text.length }, 'unexpected end');
    return event;
  }

  private node(place: 'key' | 'value' | 'item'): YamlNode {
    const event = this.take();
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        const node = this.scalar(event, place);
        this.cursor = node.range.end;
        this.anchor(event, node);
        return node;
      }
      case EVENT_ID.ALIAS:
        return this.aliased(event.anchorStart, event.anchorEnd);
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        const flow = event.style === 2;
        if (flow) this.flows++;
        const name = this.anchor(event, 'open');
        this.cursor = flow ? event.start + 1 : event.start;
        const node: YamlNode =
          event.type === EVENT_ID.MAPPING
            ? { kind: 'map', range: { start: event.start, end: event.start }, flow, entries: this.entries() }
            : { kind: 'seq', range: { start: event.start, end: event.start }, flow, items: this.items(flow) };
        node.range.end = flow ? this.closingBracket() : Math.max(this.cursor, event.start);
        if (flow) this.flows--;
        this.cursor = node.range.end;
        if (name !== undefined) this.anchors.set(name, node);
        return node;
      }
      default:
        throw new TreeError({ start: this.cursor, end: this.cursor }, 'unexpected end of a node');
    }
  }

  private anchor(event: { anchorStart: number; anchorEnd: number }, node: YamlNode | 'open'): string | undefined {
    if (event.anchorStart < 0) return undefined;
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    this.anchors.set(name, node);
    return name;
  }

  private aliased(start: number, end: number): YamlNode {
    const range = { start: start - 1, end };
    const name = this.text.slice(start, end);
    const target = this.anchors.get(name);
    if (target === undefined) throw new TreeError(range, `unknown anchor '${name}' referenced`);
    if (target === 'open') throw new TreeError(range, `anchor '${name}' value contains itself`);
    this.cursor = end;
    return target.kind === 'scalar' ? { ...target, range, alias: true } : target;
  }

  private items(flow: boolean): YamlNode[] {
    const items: YamlNode[] = [];
    while (this.events[this.next]?.type !== EVENT_ID.POP) {
      const event = this.events[this.next];
      const item = this.node('item');
      // The line break of an empty list over several lines.
      if (flow && item.range.start === item.range.end && event?.type === EVENT_ID.SCALAR && isBare(event)) continue;
      if (this.hasTabs && /(?:^|[\s-])-\t[^\r\n]*$/.test(this.lineBefore(item.range.start)))
        throw new TreeError(item.range, 'found character that cannot start any token');
      items.push(item);
    }
    this.next++;
    return items;
  }

  private entries(): MapEntry[] {
    let own: MapEntry[] = [];
    const merged = new Map<string, MapEntry>();
    while (this.events[this.next]?.type !== EVENT_ID.POP) {
      const key = this.node('key');
      if (key.kind !== 'scalar') throw new TreeError(key.range, 'a map or list cannot be a key', true);
      if (key.value === null && !key.templated) throw new TreeError(key.range, 'null cannot be a key', true);
      const value = this.node('value');
      if (key.style === 'plain' && key.text === '<<') own = this.merge(own, merged, value);
      else own.push({ key, value, merged: false });
    }
    this.next++;
    if (merged.size === 0) return own;
    for (const { key } of own) merged.delete(keyText(key));
    return [...own, ...merged.values()];
  }

  /** As daprd's parser does: what is merged in wins over what stands above it, and what stands below over that. */
  private merge(own: MapEntry[], merged: Map<string, MapEntry>, value: YamlNode): MapEntry[] {
    const known = new Set<string>();
    for (const source of value.kind === 'seq' ? value.items : [value]) {
      if (source.kind !== 'map')
        throw new TreeError(source.range, 'map merge requires map or sequence of maps as the value');
      this.mergedKeys += source.entries.length;
      if (this.mergedKeys > MAX_MERGED_KEYS) throw new TreeError(source.range, 'document contains excessive aliasing');
      for (const entry of source.entries) {
        const name = keyText(entry.key);
        if (!known.has(name)) merged.set(name, { ...entry, merged: true });
        known.add(name);
      }
    }
    return own.filter(({ key }) => !known.has(keyText(key)));
  }

  private scalar(event: ScalarEvent, place: 'key' | 'value' | 'item'): ScalarNode {
    const style = STYLES[event.style] ?? 'plain';
    const range = this.scalarRange(event, style, place);
    TAB_FIRST.lastIndex = range.start;
    if (this.hasTabs && (style === 'literal' || style === 'folded') && TAB_FIRST.test(this.text))
      throw new TreeError(range, 'found a tab character where an indentation space is expected');
    const decoded = event.valueStart < 0 ? '' : this.decoded(event, style);
    // Between brackets every colon in front of a text separates.
    if (style === 'plain' && this.flows > 0 && decoded.startsWith(':')) throw new TreeError(range, EXPECTED_NODE);
    const text = this.endsWithoutBreak(event, style) ? decoded.replace(/\n$/, '') : decoded;
    const tag = event.tagStart < 0 ? '' : this.text.slice(event.tagStart, event.tagEnd);
    const templated = text.includes(TEMPLATE_MARK);
    let value: ScalarValue = text;
    if (!templated && (tag !== '' || style === 'plain')) {
      try {
        value = tag === '' ? resolvePlain(text) : resolveTagged(tag, text);
      } catch (error) {
        if (error instanceof NotJson) throw new TreeError(range, `json: unsupported value: ${text}`, true);
        if (error instanceof TagMismatch) throw new TreeError(range, error.message);
        throw error;
      }
    }
    return { kind: 'scalar', range, style, text, value, alias: false, templated };
  }

  private decoded(event: ScalarEvent, style: ScalarStyle): string {
    const text = fold(getScalarValue(this.text, event));
    // In a list over several lines the line break before the bracket comes with a plain text.
    if (style === 'plain') return isBlank(text, 0) || isBlank(text, text.length - 1) ? text.replace(AROUND, '') : text;
    if (style !== 'double') return text;
    const { valueStart: start, valueEnd: end } = event;
    const written = this.text.slice(start, end);
    if (written.includes('\\') && REFUSED_ESCAPE.test(written))
      throw new TreeError({ start: start - 1, end: end + 1 }, 'found unknown escape character');
    return text.replaceAll(ESCAPED, '');
  }

  /** A block that ends with the text itself, not with a line break, has no newline for daprd. */
  private endsWithoutBreak(event: ScalarEvent, style: ScalarStyle): boolean {
    if (style !== 'literal' && style !== 'folded') return false;
    return (
      event.valueEnd === this.text.length &&
      event.valueEnd > event.valueStart &&
      !isBreak(this.text, event.valueEnd - 1)
    );
  }

  private lineBefore(offset: number): string {
    return this.text.slice(this.text.lastIndexOf('\n', offset - 1) + 1, offset);
  }

  private scalarRange(event: ScalarEvent, style: ScalarStyle, place: 'key' | 'value' | 'item'): TextRange {
    if (event.valueStart < 0) {
      const at = this.absentPlace(Math.max(event.tagEnd, event.anchorEnd), place);
      return { start: at, end: at };
    }
    switch (style) {
      case 'plain': {
        let { valueStart: start, valueEnd: end } = event;
        while (start < end && isBlank(this.text, start)) start++;
        while (end > start && isBlank(this.text, end - 1)) end--;
        return { start, end };
      }
      case 'single':
      case 'double':
        return { start: event.valueStart - 1, end: event.valueEnd + 1 };
      case 'literal':
      case 'folded': {
        const mark = style === 'literal' ? '|' : '>';
        const from = Math.max(this.cursor, event.tagEnd, event.anchorEnd);
        const header = this.text.indexOf(mark, from);
        const start = header >= 0 && header < event.valueStart ? header : event.valueStart;
        let end = event.valueEnd;
        while (end > start && isBreak(this.text, end - 1)) end--;
        return { start, end };
      }
    }
  }

  /** Where a value that is not written would stand: after the colon or dash. */
  private absentPlace(propertyEnd: number, place: 'key' | 'value' | 'item'): number {
    if (propertyEnd >= 0) return propertyEnd;
    const sign = place === 'value' ? ':' : place === 'item' ? '-' : '';
    if (sign === '') return this.cursor;
    const gap = /^(?:\s|,|#[^\n]*)*/.exec(this.text.slice(this.cursor, this.cursor + 2000))?.[0].length ?? 0;
    const at = this.cursor + gap;
    return this.text[at] === sign ? at + 1 : this.cursor;
  }

  private closingBracket(): number {
    const closing = /^(?:[\s,]|#[^\n]*)*[\]}]/.exec(this.text.slice(this.cursor, this.cursor + 100_000));
    return closing === null ? this.cursor : this.cursor + closing[0].length;
  }
}
