import { html } from 'lit';
import type { TemplateResult } from 'lit';

// Of ../shared/visual/emblems.svg: a frame per class, on a 48 grid and on a 16 grid, with the steps of
// the level below it. One colour; the words always stand beside it.
const FRAMES: ReadonlyMap<string, { large: string; small: string }> = new Map(
  Object.entries({
    NEW: {
      large:
        'M5 33.5a19 19 0 0 1 38 0h-4.2a14.8 14.8 0 0 0-29.6 0zM11.7 33.5a12.3 12.3 0 0 1 24.6 0z',
      small: 'M.5 12a7.5 7.5 0 0 1 15 0z',
    },
    ORDINARY: {
      large:
        'M24 5L40.454 14.5L40.454 33.5L24 43L7.546 33.5L7.546 14.5zM24 9.4L36.644 16.7L36.644 31.3L24 38.6L11.356 31.3L11.356 16.7zM24 11.9L34.479 17.95L34.479 30.05L24 36.1L13.521 30.05L13.521 17.95z',
      small: 'M8 0.5L14.495 4.25L14.495 11.75L8 15.5L1.505 11.75L1.505 4.25z',
    },
    QUALITY: {
      large:
        'M6.5 19.5a17.5 17.5 0 1 0 35 0a17.5 17.5 0 1 0 -35 0zM10.4 19.5a13.6 13.6 0 1 0 27.2 0a13.6 13.6 0 1 0 -27.2 0zM12.6 19.5a11.4 11.4 0 1 0 22.8 0a11.4 11.4 0 1 0 -22.8 0z',
      small: 'M2 6a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z',
    },
    VIP: {
      large:
        'M14.252 9.752A9.805 9.805 0 0 1 33.748 9.752A9.805 9.805 0 0 1 33.748 29.248A9.805 9.805 0 0 1 14.252 29.248A9.805 9.805 0 0 1 14.252 9.752zM16.246 11.746A7.865 7.865 0 0 1 31.754 11.746A7.865 7.865 0 0 1 31.754 27.254A7.865 7.865 0 0 1 16.246 27.254A7.865 7.865 0 0 1 16.246 11.746zM17.519 13.019A6.608 6.608 0 0 1 30.481 13.019A6.608 6.608 0 0 1 30.481 25.981A6.608 6.608 0 0 1 17.519 25.981A6.608 6.608 0 0 1 17.519 13.019z',
      small:
        'M4.915 2.915A3.09 3.09 0 0 1 11.085 2.915A3.09 3.09 0 0 1 11.085 9.085A3.09 3.09 0 0 1 4.915 9.085A3.09 3.09 0 0 1 4.915 2.915z',
    },
    LARGE: {
      large:
        'M11 2.5H37A4 4 0 0 0 41 6.5V32.5A4 4 0 0 0 37 36.5H11A4 4 0 0 0 7 32.5V6.5A4 4 0 0 0 11 2.5zM14.8 6.3H33.2A4 4 0 0 0 37.2 10.3V28.7A4 4 0 0 0 33.2 32.7H14.8A4 4 0 0 0 10.8 28.7V10.3A4 4 0 0 0 14.8 6.3zM17 8.5H31A4 4 0 0 0 35 12.5V26.5A4 4 0 0 0 31 30.5H17A4 4 0 0 0 13 26.5V12.5A4 4 0 0 0 17 8.5z',
      small: 'M4 0H12A2 2 0 0 0 14 2V10A2 2 0 0 0 12 12H4A2 2 0 0 0 2 10V2A2 2 0 0 0 4 0z',
    },
  }),
);

/** Pieces of the small step line, by level from 1; every edge lies on a whole pixel. */
const SMALL_PIECES = [
  { width: 14, gap: 0 },
  { width: 6, gap: 2 },
  { width: 4, gap: 1 },
  { width: 2, gap: 2 },
  { width: 2, gap: 1 },
];

/** The step lines by level, drawn once. */
const STEPS: ReadonlyMap<number | null, { large: string; small: string }> = new Map(
  SMALL_PIECES.map((piece, at) => {
    const level = at + 1;
    return [level, { large: largeSteps(level), small: smallSteps(level, piece) }];
  }),
);

/** The tier of an emblem; null while it is being assessed. */
export type EmblemTier = { class: string; level: number | null } | null;

/**
 * The emblem of a tier at 16, 32, 48 or 64 px. A class that has no frame of its own gets the hexagon, a
 * level beyond those of `STEPS` no steps.
 */
export function emblem(tier: EmblemTier, px: 16 | 32 | 48 | 64): TemplateResult {
  if (tier === null) return pendingRing(px);
  return html`<svg
    class="emblem px${px}"
    viewBox=${px < 32 ? '0 0 16 16' : '0 0 48 48'}
    aria-hidden="true"
    focusable="false"
  >
    <path
      fill="currentColor"
      fill-rule="evenodd"
      d=${outline(tier, px < 32 ? 'small' : 'large')}
    ></path>
  </svg>`;
}

function outline(tier: NonNullable<EmblemTier>, drawing: 'small' | 'large'): string {
  const frame = FRAMES.get(tier.class) ?? FRAMES.get('ORDINARY');
  return (frame?.[drawing] ?? '') + (STEPS.get(tier.level)?.[drawing] ?? '');
}

function pendingRing(px: number): TemplateResult {
  return px < 32
    ? html`<svg class="emblem px${px}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <circle
          cx="8"
          cy="8"
          r="6.25"
          fill="none"
          stroke="currentColor"
          stroke-width="1.5"
          stroke-dasharray="2.945 1.964"
        ></circle>
      </svg>`
    : html`<svg class="emblem px${px}" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <circle
          cx="24"
          cy="24"
          r="16.5"
          fill="none"
          stroke="currentColor"
          stroke-width="2.5"
          stroke-dasharray="5.184 3.456"
          stroke-dashoffset="2.592"
        ></circle>
      </svg>`;
}

/** The step line spans 38 of 48 and is cut into `level` pieces, 3 apart. */
function largeSteps(level: number): string {
  const width = (38 - 3 * (level - 1)) / level;
  return pieces(
    level,
    (index) =>
      `M${(5 + index * (width + 3)).toFixed(2)} 42.5h${width.toFixed(2)}v4.5h-${width.toFixed(2)}z`,
  );
}

function smallSteps(level: number, { width, gap }: { width: number; gap: number }): string {
  return pieces(level, (index) => `M${1 + index * (width + gap)} 14h${width}v2h-${width}z`);
}

function pieces(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join('');
}
