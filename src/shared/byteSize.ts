const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `212 B`, `1.1 KiB`, `10 MiB`: the one way in which bytes are told. `language`: whose separators. */
export function byteSize(bytes: number, language: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const maximumFractionDigits = value < 100 ? 1 : 0;
  return `${value.toLocaleString(language, { maximumFractionDigits })} ${UNITS[unit] ?? ''}`;
}
