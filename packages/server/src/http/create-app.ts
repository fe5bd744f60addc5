import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { routePath } from 'hono/route';
import type { VerifyToken } from '../auth/verify-token.js';
import { isUnavailable } from '../db/database.js';
import { QueueFull } from '../sync/turns.js';
import { authenticate } from './authenticate.js';
import type { Env, LiyuApp } from './context.js';
import type { EventStreams } from './event-streams.js';
import { readKnownSchemas } from './known-schemas.js';
import { limitAddresses, limitSubjects } from './limit-rate.js';
import type { RateLimits } from './limit-rate.js';
import { Problem } from './problem.js';
import { readiness } from './readiness.js';
import { securityHeaders } from './security-headers.js';
import { addStaffRoutes } from './staff-routes.js';
import { addSyncRoutes } from './sync-routes.js';
import type { SyncParts } from './sync-routes.js';

export interface AppParts extends SyncParts {
  verify: VerifyToken;
  streams: EventStreams;
  /** Origins whose pages may call, exactly as browsers send them. */
  origins: readonly string[];
  limits: RateLimits;
  /** Whether the node takes requests; false while it shuts down. */
  isReady: () => boolean;
}

/** How long /readyz waits for the database, in ms. */
export const PROBE_PATIENCE = 2_000;

const BEHIND_SIGN_IN = ['/sync/*', '/staff/*'];

/** The routes of a node, without the server that listens. */
export function createApp(parts: AppParts): LiyuApp {
  const { db, log, meter, streams, origins } = parts;
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    const started = performance.now();
    c.set('request', randomUUID());
    await next();
    for (const [name, value] of Object.entries(securityHeaders(c.req.path))) c.header(name, value);
    c.header('X-Request-Id', c.get('request'));
    const ms = performance.now() - started;
    const line = { method: c.req.method, route: routePath(c, -1), status: c.res.status };
    meter.request({ ...line, seconds: ms / 1000 });
    log.request({
      request: c.get('request'),
      ...line,
      ms: Math.round(ms),
      code: c.get('problem'),
    });
  });
  const crossOrigin = cors({
    origin: [...origins],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type'],
    exposeHeaders: ['Retry-After', 'X-Request-Id'],
    maxAge: 600,
  });
  for (const path of BEHIND_SIGN_IN) app.use(path, crossOrigin);
  app.onError((error, c) => {
    const problem = toProblem(error);
    c.set('problem', problem.code);
    if (problem.status >= 500) {
      log.failure('request failed', error.cause ?? error, c.get('request'));
    }
    return problem.toResponse();
  });
  app.notFound((c) => {
    c.set('problem', 'not_found');
    return new Problem('not_found').toResponse();
  });

  app.get('/livez', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    if (!parts.isReady()) throw new Problem('unavailable', { reason: 'stopping' });
    const found = await readiness(db, PROBE_PATIENCE);
    if (found.ready) return c.json({ status: 'ok' });
    throw new Problem('unavailable', { reason: found.reason }, {}, { cause: found.cause });
  });

  const guards = [
    limitAddresses(parts.limits),
    authenticate(parts.verify),
    limitSubjects(parts.limits),
  ];
  for (const path of BEHIND_SIGN_IN) app.use(path, ...guards);
  addSyncRoutes(app, parts);
  addStaffRoutes(app, parts);
  app.get('/sync/v1/events', async (c) => {
    // Hono answers HEAD through GET and drops the body, which would leave the stream open.
    if (c.req.raw.method === 'HEAD') throw new Problem('not_found');
    const body = await streams.open(c.get('caller'), readKnownSchemas(c.req.query('sv')));
    return c.body(body, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  });
  return app;
}

function toProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (isUnavailable(error) || error instanceof QueueFull)
    return new Problem('unavailable', {}, { 'Retry-After': '2' });
  return new Problem('internal');
}
