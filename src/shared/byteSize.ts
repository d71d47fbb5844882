const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `212 B`, `1.1 KiB`, `10 MiB`: the one way in which bytes are told. `language`: whose separators. */
export function byteSize(bytes: number, language: string): string {
  const { value, unit, digits } = scaled(bytes);
  return `${value.toLocaleString(language, { maximumFractionDigits: digits })} ${unit}`;
}

/**
 * The same for many sizes: making a format of numbers takes far longer than using it. None is made before the first size:
 * the very first of a process loads the tables of all languages, tens of milliseconds.
 */
export function byteFormat(language: string): (bytes: number) => string {
  const formats: Intl.NumberFormat[] = [];
  return (bytes) => {
    const { value, unit, digits } = scaled(bytes);
    formats[digits] ??= new Intl.NumberFormat(language, { maximumFractionDigits: digits });
    return `${formats[digits].format(value)} ${unit}`;
  };
}

function scaled(bytes: number): { value: number; unit: string; digits: 0 | 1 } {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return { value, unit: UNITS[unit] ?? '', digits: value < 100 ? 1 : 0 };
}
