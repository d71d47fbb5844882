/** The style attribute that @vscode/webview-ui-toolkit sets on its own elements is the empty one; this is its hash. */
const TOOLKIT_STYLE_HASH = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

export interface PageResources {
  /** URL of the page's bundle; its stylesheet lies beside it with the ending .css. */
  scriptUrl: string;
  styleUrl: string;
  /** `webview.cspSource`. */
  cspSource: string;
  nonce: string;
  title: string;
  /** BCP 47, the editor's display language. */
  language: string;
  /** The bundle of translations, or null in English. */
  texts: Record<string, unknown> | null;
  /** What the page is about, for it to keep over a reload; no secret. */
  about: object | null;
}

/** The whole document of a page. Everything visible is drawn by its script; what it needs to start crosses in data blocks. */
export function pageHtml(resources: PageResources): string {
  const { cspSource, nonce } = resources;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} ${TOOLKIT_STYLE_HASH}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
  // In a data block only `<` could end the element; JSON keeps its meaning with it escaped.
  const block = (id: string, data: object) =>
    `<script type="application/json" id="${id}" nonce="${nonce}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(resources.language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${resources.styleUrl}">
  <title>${escapeAttribute(resources.title)}</title>
</head>
<body>
  ${block('texts', resources.texts ?? {})}
  ${resources.about ? block('about', resources.about) : ''}
  <script nonce="${nonce}" src="${resources.scriptUrl}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
