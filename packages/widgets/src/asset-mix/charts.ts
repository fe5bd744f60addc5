import {
  ArcElement,
  CategoryScale,
  Chart,
  DoughnutController,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
} from 'chart.js';

Chart.register(
  ArcElement,
  CategoryScale,
  DoughnutController,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
);

/** Colours as the browser computed them. */
export interface Colours {
  surface: string;
  accent: string;
  second: string;
}

export interface Drawing {
  destroy(): void;
}

/** Nothing moves, is hovered or listens: what a chart says stands in the table beside it. */
const STILL = {
  animation: false as const,
  events: [],
  responsive: true,
  maintainAspectRatio: false,
};

/** A ring of shares, told apart by lightness and by a gap; the first begins at the top. */
export function drawRing(
  canvas: HTMLCanvasElement,
  shares: readonly number[],
  { surface, accent, second }: Colours,
): Drawing {
  return new Chart(canvas, {
    type: 'doughnut',
    data: {
      datasets: [
        {
          data: [...shares],
          backgroundColor: [accent, second],
          borderColor: surface,
          borderWidth: shares.filter((share) => share > 0).length > 1 ? 3 : 0,
        },
      ],
    },
    options: { ...STILL, cutout: '72%' },
  });
}

/** A line from zero up, a point a month. */
export function drawLine(
  canvas: HTMLCanvasElement,
  values: readonly number[],
  { surface, accent }: Colours,
): Drawing {
  return new Chart(canvas, {
    type: 'line',
    data: {
      labels: values.map((_, at) => at),
      datasets: [
        {
          data: [...values],
          borderColor: accent,
          borderWidth: 2,
          pointBackgroundColor: surface,
          pointBorderColor: accent,
          pointBorderWidth: 2,
          pointRadius: 4,
          tension: 0,
        },
      ],
    },
    options: {
      ...STILL,
      layout: { padding: 6 },
      scales: {
        x: { display: false },
        y: { display: false, suggestedMin: 0 },
      },
    },
  });
}
