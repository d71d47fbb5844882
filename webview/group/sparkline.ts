import { nothing, svg, type TemplateResult } from 'lit';

const WIDTH = 80;
const HEIGHT = 16;

/** The last values as a line from 0 to their maximum; nothing below two values. */
export function sparkline(values: readonly number[], label: string): TemplateResult | typeof nothing {
  if (values.length < 2) return nothing;
  const top = Math.max(1, ...values);
  const points = values
    .map((value, at) => {
      const x = (at / (values.length - 1)) * WIDTH;
      const y = HEIGHT - 1 - (value / top) * (HEIGHT - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  return svg`<svg class="spark" role="img" aria-label=${label} width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}">
    <polyline points=${points} fill="none" stroke="currentColor" stroke-width="1.5"></polyline>
  </svg>`;
}
