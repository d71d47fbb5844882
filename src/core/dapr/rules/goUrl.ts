/** The parts of a URL that components look at. */
export interface GoUrl {
  /** Lower case; empty: none. */
  scheme: string;
  /** With its port. */
  host: string;
  /** Without the question mark. */
  query: string;
}

const BAD_ESCAPE = /%(?![\da-f]{2}).{0,2}/i;

/** A text as Go's url.Parse (1.26) reads it, or why that refuses it. */
export function parseGoUrl(text: string): GoUrl | string {
  const [before, fragment] = splitAt(text, '#');
  if (/[\0-\x1f\x7f]/.test(before)) return 'net/url: invalid control character in URL';
  const why = (reason: string) => `parse ${JSON.stringify(before)}: ${reason}`;
  const escape = (part: string) => {
    const bad = BAD_ESCAPE.exec(part);
    return bad === null ? undefined : why(`invalid URL escape ${JSON.stringify(bad[0])}`);
  };
  if (before.startsWith(':')) return why('missing protocol scheme');
  const scheme = /^[a-z][a-z\d+.-]*(?=:)/i.exec(before)?.[0] ?? '';
  const [rest, query] = splitAt(scheme === '' ? before : before.slice(scheme.length + 1), '?');
  if (scheme === '' && /^[^/]*:/.test(rest)) return why('first path segment in URL cannot contain colon');
  const parts = { scheme: scheme.toLowerCase(), host: '', query };
  if (scheme !== '' && !rest.startsWith('/')) return parts;
  const authority = /^\/\/(?!\/)[^/]*/.exec(rest)?.[0] ?? '';
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? '' : authority.slice(2, at);
  const host = authority.slice(at < 0 ? 2 : at + 1);
  if (/[^\w\-.:~!$&'()*+,;=%@]/.test(user)) return 'net/url: invalid userinfo';
  const closing = host.lastIndexOf(']');
  if (host.startsWith('[') && closing < 0) return why("missing ']' in host");
  const port = host.startsWith('[') ? host.slice(closing + 1) : (/:[^:]*$/.exec(host)?.[0] ?? '');
  if (!/^(?::\d*)?$/.test(port)) return why(`invalid port ${JSON.stringify(port)} after host`);
  const wrong = /[ {}|\\^`]/.exec(host)?.[0];
  if (wrong !== undefined) return why(`invalid character ${JSON.stringify(wrong)} in host name`);
  const ascii = /%(?!25)[0-7][\da-f]/i.exec(host)?.[0];
  if (ascii !== undefined) return why(`invalid URL escape "${ascii}"`);
  return escape(user) ?? escape(host) ?? escape(rest.slice(authority.length)) ?? escape(fragment) ?? { ...parts, host };
}

/** In two at the first such character. */
function splitAt(text: string, character: string): [string, string] {
  const at = text.indexOf(character);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
