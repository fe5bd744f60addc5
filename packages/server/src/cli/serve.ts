import { loadPolicy } from '@liyu/policy/node';
import { loginMight } from '../db/prepare-request-role.js';
import { createLog } from '../log.js';
import { startServer } from '../start-server.js';
import type { Command } from './command.js';
import { databaseUrl, logLevel, policyDir, serveConfig } from './config.js';
import { parseOptions } from './parse-options.js';

/** How long /readyz says no before connections are refused, in ms. */
const DRAIN = 300;

/** `liyu serve [--demo]`: takes requests until SIGTERM or SIGINT. */
export const serve: Command = async (args, { env, stdout }) => {
  const { demo } = parseOptions(args, { demo: { type: 'boolean', default: false } });
  const config = serveConfig(env, demo);
  const log = createLog(logLevel(env));
  const dir = policyDir(env);
  const policy = dir === undefined ? undefined : loadPolicy(dir);
  const database = databaseUrl(env);
  if (database.startsWith('pglite:')) {
    log.event('warn', 'PGlite is for trying and developing, not a system of record');
  }
  process.on('uncaughtException', (error) => {
    // Node itself would print the message, which may quote a value.
    log.failure('crashed', error);
    process.exit(1);
  });
  const stopped = untilSignal();
  const server = await startServer({ ...config, database, policy, log, drain: DRAIN });
  stdout.write(`ready ${server.url}\n`);
  const might = database.startsWith('pglite:') ? null : await loginMight(server.db);
  if (might !== null) {
    log.event('warn', 'the login passes row-level security; requests do not', { login: might });
  }
  log.event('info', 'serving', {
    port: Number(new URL(server.url).port),
    ...(server.metricsUrl === null ? {} : { metrics: Number(new URL(server.metricsUrl).port) }),
    policy: server.policy.hash.slice(0, 12),
  });
  log.event('info', 'stopping', { signal: await stopped });
  await server.close();
  log.event('info', 'stopped');
  return 0;
};

/** The signal that asks to stop. A second one ends the process at once. */
function untilSignal(): Promise<string> {
  return new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const;
    const stop = (signal: NodeJS.Signals) => {
      for (const name of signals) process.off(name, stop).on(name, () => process.exit(1));
      resolve(signal);
    };
    for (const name of signals) process.on(name, stop);
  });
}
