const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `212 B`, `1.1 KiB`, `10 MiB`: the one way in which bytes are told. `language`: whose separators. */
export const byteSize = (bytes: number, language: string): string => byteFormat(language)(bytes);

/** The same for many sizes: making a format of numbers takes far longer than using it. */
export function byteFormat(language: string): (bytes: number) => string {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (bytes) => {
    let value = bytes;
    let unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return `${(value < 100 ? tenths : whole).format(value)} ${UNITS[unit] ?? ''}`;
  };
}
