import { readFileSync } from 'node:fs';
import { MIGRATIONS } from '../db/migrations.js';
import { listen } from '../http/listen.js';
import type { Listener } from '../http/listen.js';
import { PrometheusMeter } from './prometheus-meter.js';

const PACKAGE = new URL('../../package.json', import.meta.url);

export function openMeter(policy: { hash: string }): PrometheusMeter {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  const schema = Math.max(...MIGRATIONS.map(({ id }) => id));
  return new PrometheusMeter({ version, policy: policy.hash, schema });
}

/** GET /metrics on a port of its own, and nothing else there. Port 0 takes a free one. */
export function serveMetrics(
  { registry }: PrometheusMeter,
  host: string,
  port: number,
): Promise<Listener> {
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET' || pathname !== '/metrics') {
      return new Response(null, { status: 404 });
    }
    const headers = { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' };
    return new Response(await registry.metrics(), { headers });
  };
  return listen(answer, host, port);
}
