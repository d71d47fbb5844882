import * as l10n from '@vscode/l10n';
import type { FileFormat, ValueFormat } from '../../../shared/messagesPage.ts';
import { isJson } from './json.ts';
import { hexBytes, looksLikeText, utf8 } from './text.ts';
import type { DecodedValue } from './valueDecoder.ts';

/** Bytes in a format that a person chose. What does not fit it is shown as what it is, with the reason. */
export function readAs(bytes: Buffer, format: Exclude<ValueFormat, 'auto' | FileFormat>): DecodedValue {
  switch (format) {
    case 'hex':
      return { format, text: hexBytes(bytes) };
    case 'base64':
      return { format, text: bytes.toString('base64') };
    case 'text':
      return textOf(bytes);
    case 'json': {
      const { format, text } = textOf(bytes);
      if (text !== undefined && isJson(text)) return { format: 'json', text };
      return { format, text, error: l10n.t('not JSON') };
    }
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
      return integer(bytes, format);
  }
}

function textOf(bytes: Buffer): DecodedValue {
  const text = utf8(bytes);
  if (text === undefined || !looksLikeText(bytes)) return { format: 'binary', text: undefined };
  return { format: 'text', text };
}

const WIDTHS = { int8: 1, int16: 2, int32: 4, int64: 8 };

/** Two's complement, big endian: what Kafka's own serializers of Short, Integer and Long write. */
function integer(bytes: Buffer, format: keyof typeof WIDTHS): DecodedValue {
  const width = WIDTHS[format];
  if (bytes.length !== width)
    return { ...textOf(bytes), error: l10n.t('not an {0}: {1} bytes instead of {2}', format, bytes.length, width) };
  return {
    format: 'integer',
    text: String(width === 8 ? bytes.readBigInt64BE() : bytes.readIntBE(0, width)),
  };
}
