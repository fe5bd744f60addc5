import assert from 'node:assert/strict';

/** Series of a scrape by name and labels as Prometheus writes them: `name{a="x",b="y"}`. */
export interface Scrape {
  text: string;
  value(series: string): number | undefined;
  /** Names of everything of Liyu's own, without the parts of histograms. */
  names: string[];
  /** Names of labels, with their values. */
  labels: Map<string, Set<string>>;
}

export async function scrape(url: string | null): Promise<Scrape> {
  assert.ok(url);
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  const values = new Map<string, number>();
  const labels = new Map<string, Set<string>>();
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, series = '', value = ''] = /^(.*) (\S+)$/.exec(line) ?? [];
    values.set(series, Number(value));
    for (const [, name = '', content = ''] of series.matchAll(/([a-z_]+)="([^"]*)"/g)) {
      const known = labels.get(name);
      if (known === undefined) labels.set(name, new Set([content]));
      else known.add(content);
    }
  }
  const names = [...text.matchAll(/^# TYPE (liyu_\S+)/gm)].map(([, name = '']) => name).sort();
  return { text, value: (series) => values.get(series), names, labels };
}
