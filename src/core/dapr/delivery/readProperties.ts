/**
 * Settings of a client as people have them at hand: a Java file of properties, a configuration of librdkafka, entries of
 * a dictionary in code, keys of Spring Boot. The last of two values counts.
 */
export function readProperties(text: string): Map<string, string> {
  const all = new Map<string, string>();
  // A backslash at the end of a line goes on with the next one.
  for (const line of text
    .replace(/^\uFEFF/, '')
    .replace(/\\\r?\n[ \t]*/g, '')
    .split(/\r?\n/)) {
    const match = /^\s*(?![#!])["']?([\w.-]+)["']?(?:\s*[=:]\s*|\s+)(.*?)\s*$/.exec(line);
    if (match?.[1] === undefined) continue;
    all.set(nameOf(match[1]), valueOf(match[2] ?? ''));
  }
  return all;
}

/** `spring.kafka.consumer.auto-offset-reset` is auto.offset.reset. */
function nameOf(name: string): string {
  const plain = name.replace(/^spring\.kafka\.(?:(?:consumer|producer|admin|streams)\.)?(?:properties\.)?/, '');
  return plain === name ? name : plain.replaceAll('-', '.');
}

/** Without the quotes and the comma of code; a quoted value keeps what is inside. */
function valueOf(text: string): string {
  const quoted = /^(["'])(.*)\1,?$/.exec(text)?.[2];
  const value = quoted ?? text.replace(/^["']|["'],?$|,$/g, '');
  return value.replace(/\\([\\:=#! ])/g, '$1');
}
