import * as z from 'zod';
import { keysOfFile, keysOfUrl } from '../auth/key-set.js';
import { DEFAULT_DATABASE_URL } from '../db/open-database.js';
import { parseProxies } from '../http/caller-address.js';
import type { RateLimits } from '../http/limit-rate.js';
import { LOG_LEVELS } from '../log.js';
import type { LogLevel } from '../log.js';
import type { ServerOptions } from '../start-server.js';

/** A setting of the environment that's missing or wrong; the message names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const DEFAULT_PORT = 8787;
/** Requests a minute. A first load by staff takes some 50; an address may be that of a whole portal. */
const RATE_OF_SUBJECT = 600;
const RATE_OF_ADDRESS = 30_000;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ServeConfig {
  port: number;
  host: string;
  /** Undefined without METRICS_PORT: no metrics. */
  metricsPort: number | undefined;
  origins: string[];
  limits: RateLimits;
  auth: ServerOptions['auth'];
}

/** A variable; an empty one counts as unset. */
function setting(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}

export function databaseUrl(env: Environment): string {
  return setting(env, 'DATABASE_URL') ?? DEFAULT_DATABASE_URL;
}

export function policyDir(env: Environment): string | undefined {
  return setting(env, 'LIYU_POLICY_DIR');
}

export function logLevel(env: Environment): LogLevel {
  const parsed = z.enum(LOG_LEVELS).safeParse(setting(env, 'LOG_LEVEL') ?? 'info');
  if (!parsed.success) throw new ConfigError(`LOG_LEVEL: must be one of ${LOG_LEVELS.join(', ')}`);
  return parsed.data;
}

/** The settings of `liyu serve`. Throws a ConfigError, or a KeySetError. */
export function serveConfig(env: Environment, isDemo: boolean): ServeConfig {
  if (isDemo && env.NODE_ENV === 'production') {
    throw new ConfigError('NODE_ENV: --demo hands out tokens to anyone and refuses production');
  }
  const port = portOf(env, 'PORT') ?? DEFAULT_PORT;
  const metricsPort = portOf(env, 'METRICS_PORT');
  if (metricsPort === port && port !== 0) {
    throw new ConfigError('METRICS_PORT: must be another one than PORT');
  }
  return {
    port,
    metricsPort,
    host: setting(env, 'HOST') ?? '127.0.0.1',
    origins: originsOf(env.LIYU_ORIGINS ?? ''),
    limits: limitsOf(env),
    auth: isDemo ? 'demo' : tokenRules(env),
  };
}

function portOf(env: Environment, name: string): number | undefined {
  const text = setting(env, name);
  if (text === undefined) return undefined;
  const port = z.coerce.number().int().min(0).max(65_535).safeParse(text);
  if (!port.success) throw new ConfigError(`${name}: must be a number from 0 to 65535`);
  return port.data;
}

function tokenRules(env: Environment): Exclude<ServerOptions['auth'], 'demo'> {
  const file = setting(env, 'LIYU_JWKS_FILE');
  const url = setting(env, 'LIYU_JWKS_URL');
  if (file !== undefined && url !== undefined) {
    throw new ConfigError('LIYU_JWKS_FILE and LIYU_JWKS_URL: set one of them');
  }
  const keys = file !== undefined ? keysOfFile(file) : url !== undefined ? keysOfUrl(url) : null;
  if (keys === null) {
    throw new ConfigError('LIYU_JWKS_URL or LIYU_JWKS_FILE: set one, or try `liyu serve --demo`');
  }
  return {
    keys,
    issuer: required(env, 'LIYU_ISSUER'),
    audience: required(env, 'LIYU_AUDIENCE'),
  };
}

function required(env: Environment, name: string): string {
  const value = setting(env, name);
  if (value === undefined) throw new ConfigError(`${name}: must be set`);
  return value;
}

function limitsOf(env: Environment): RateLimits {
  const proxies = parseProxies(env.LIYU_TRUSTED_PROXIES ?? '');
  if (proxies === null) {
    throw new ConfigError('LIYU_TRUSTED_PROXIES: must be addresses or networks such as 10.0.0.0/8');
  }
  return {
    proxies,
    subject: rateOf(env, 'LIYU_RATE_SUBJECT', RATE_OF_SUBJECT),
    address: rateOf(env, 'LIYU_RATE_ADDRESS', RATE_OF_ADDRESS),
  };
}

/** Requests a minute; 0 is no limit. */
function rateOf(env: Environment, name: string, usual: number): number | undefined {
  const text = setting(env, name) ?? String(usual);
  const rate = z.coerce.number().int().min(0).max(10_000_000).safeParse(text);
  if (!rate.success) throw new ConfigError(`${name}: must be requests a minute, 0 for no limit`);
  return rate.data === 0 ? undefined : rate.data;
}

function originsOf(list: string): string[] {
  const origins = list
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new ConfigError(`LIYU_ORIGINS: ${origin} is no origin such as https://portal.example`);
    }
  }
  return origins;
}
