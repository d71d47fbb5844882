/** What daprd knows about itself when it expands a component's values; null: not known here. */
export interface RuntimeIdentity {
  appId: string | null;
  /** Self-hosted: the environment's NAMESPACE, or `default`. */
  namespace: string | null;
  podName: string | null;
}

export interface Expanded {
  /** null when a part of it cannot be known. */
  text: string | null;
  /** Another text at each start (`{uuid}`). */
  perStart: boolean;
  /** Another text in each pod (`{podName}`). */
  perPod: boolean;
}

/**
 * daprd's templates in component metadata, in daprd's order (RT:pkg/runtime/meta/meta.go:74-102). Tags are exact:
 * `{UUID}` or `{appId}` stay as they are. `{namespace}` becomes `<namespace>.<appID>`.
 */
export function expandTemplate(value: string, identity: RuntimeIdentity): Expanded {
  const perStart = value.includes('{uuid}');
  const perPod = value.includes('{podName}');
  let text: string | null = value;
  const fill = (tag: string, replacement: string | null) => {
    if (text?.includes(tag) !== true) return;
    text = replacement === null ? null : text.replaceAll(tag, replacement);
  };
  if (perStart) text = null;
  fill('{podName}', identity.podName);
  fill(
    '{namespace}',
    identity.namespace === null || identity.appId === null ? null : `${identity.namespace}.${identity.appId}`,
  );
  fill('{appID}', identity.appId);
  return { text, perStart, perPod };
}

/** A misspelt tag in a value: literal text for daprd, although it looks like a template. */
export function misspeltTemplate(value: string): { found: string; meant: string } | undefined {
  for (const match of value.matchAll(/\{\{?\s*[A-Za-z][A-Za-z_-]*\s*\}\}?/g)) {
    const found = match[0];
    const word = found.replace(/[{}\s_-]/g, '').toLowerCase();
    const meant = { uuid: '{uuid}', podname: '{podName}', namespace: '{namespace}', appid: '{appID}' }[word];
    if (meant !== undefined && found !== meant) return { found, meant };
  }
  return undefined;
}
