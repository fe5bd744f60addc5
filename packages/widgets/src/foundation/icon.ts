import { html } from 'lit';
import type { TemplateResult } from 'lit';

// Of ../shared/visual/icons.svg: 20 grid, 1.5 stroke, round caps and joins, no fill.
export const ICON_PATHS = {
  phone:
    'M4.5 3.5h2.6l1.3 3.3-1.6 1.3a9.4 9.4 0 0 0 5.1 5.1l1.3-1.6 3.3 1.3v2.6a1 1 0 0 1-1.1 1A12.9 12.9 0 0 1 3.5 4.6a1 1 0 0 1 1-1.1z',
  calendar: 'M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3M13 3v3',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.2l2.8 1.8',
  check: 'M4 10.5l4 4 8-9',
  'check-circle': 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM6.8 10.2l2.3 2.3 4.2-4.8',
  info: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 9v4.5M10 6.4v.2',
  alert: 'M10 3l7.5 13.5h-15zM10 8v4M10 14v.2',
  close: 'M5 5l10 10M15 5L5 15',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  pause: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM8 7.5v5M12 7.5v5',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z',
  'eye-off':
    'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8zM4 16.5L16 3.5',
  'chevron-down': 'M4.5 7.5L10 13l5.5-5.5',
  'chevron-up': 'M4.5 12.5L10 7l5.5 5.5',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  offline:
    'M3.5 3.5l13 13M7.2 6.5A4.5 4.5 0 0 1 14 9.5a3 3 0 0 1 2.3 4.6M12.5 15.5H6.5a3.3 3.3 0 0 1-.8-6.5',
  refresh:
    'M16 8.5A6.3 6.3 0 0 0 4.6 6.8M4 3.5v3.8h3.8M4 11.5a6.3 6.3 0 0 0 11.4 1.7M16 16.5v-3.8h-3.8',
  gift: 'M3.5 8h13v3h-13zM4.5 11h11v6h-11zM10 8v9M10 8C8 8 6 7 6 5.3 6 3.3 9 3 10 8zM10 8c2 0 4-1 4-2.7C14 3.3 11 3 10 8z',
  lounge:
    'M5.5 9V6a2 2 0 0 1 2-2h5a2 2 0 0 1 2 2v3M3 9.5a1.5 1.5 0 0 1 3 0V12h8V9.5a1.5 1.5 0 0 1 3 0V15H3zM5 15v2M15 15v2',
  rate: 'M5 15L15 5M6.5 4.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM13.5 11.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  card: 'M2.5 5h15v10.5h-15zM2.5 8.5h15M5.5 12.5h3',
  insurance: 'M10 3l6 2v5c0 3.5-2.5 5.8-6 7-3.5-1.2-6-3.5-6-7V5z',
  service:
    'M4 11V9.5a6 6 0 0 1 12 0V11M4 10.5h2.5V15H5a1 1 0 0 1-1-1zM16 10.5h-2.5V15H15a1 1 0 0 0 1-1zM15 15c0 1.5-1.5 2-4 2',
  priority: 'M3 6h9M3 10h6M3 14h9M11 6.5l3.5 3.5-3.5 3.5M14.5 10H9',
  event: 'M3 6.5h14V9a1.5 1.5 0 0 0 0 3v2.5H3V12a1.5 1.5 0 0 0 0-3zM12 6.5v8',
  club: 'M16.5 3.5C9 3.5 5 6.5 5 11c0 2.5 1.8 4 4 4 4.5 0 7.5-4.5 7.5-11.5zM3.5 17c1.5-4 4-6.5 7.5-8.5',
  points:
    'M10 3.5c3.6 0 6.5 1.1 6.5 2.5S13.6 8.5 10 8.5 3.5 7.4 3.5 6 6.4 3.5 10 3.5zM3.5 6v4c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5V6M3.5 10v4c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5v-4',
  letter: 'M3 5h14v10.5H3zM3 5.5l7 5.5 7-5.5',
  branch: 'M3 17h14M4.5 17V8l5.5-4.5L15.5 8v9M8 17v-4.5h4V17',
} as const;
export type IconName = keyof typeof ICON_PATHS;

/** A drawn sign. A word always stands beside it, so it is hidden from assistive technology. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      d=${ICON_PATHS[name]}
    ></path>
  </svg>`;
}
