import { pino } from 'pino';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** All that is ever written of a request: no scope, no customer, no token, no body, no query. */
export interface RequestLine {
  request: string;
  method: string;
  /** Pattern of the route, never the path as sent. */
  route: string;
  status: number;
  ms: number;
  /** Code of the problem that was answered. */
  code?: string | undefined;
}

/** JSON lines for operators. Only these methods write, so that no other field can slip in. */
export interface Log {
  request(line: RequestLine): void;
  /** `name` says what happened; `facts` are numbers and codes about the process, never a person. */
  event(
    level: 'info' | 'warn',
    name: string,
    facts?: Readonly<Record<string, number | string>>,
  ): void;
  /** What went wrong and where in the code; the message is left out, as it may quote a value. */
  failure(name: string, error: unknown, request?: string): void;
}

/** Writes to standard error: standard output is for what a command was asked for. */
export function createLog(level: LogLevel): Log {
  const lines = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' },
    pino.destination({ dest: 2, sync: true }),
  );
  return {
    request: ({ request, method, route, status, ms, code }) => {
      const line = { request, method, route, status, ms, ...(code === undefined ? {} : { code }) };
      lines[status >= 500 ? 'error' : 'info'](line, 'request');
    },
    event: (severity, name, facts = {}) => {
      lines[severity](facts, name);
    },
    failure: (name, error, request) => {
      lines.error({ ...(request === undefined ? {} : { request }), ...describe(error) }, name);
    },
  };
}

/** A log that writes nothing, for tests. */
export const SILENT: Log = {
  request: () => undefined,
  event: () => undefined,
  failure: () => undefined,
};

function describe(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  const head = `${error.name}: ${error.message}`;
  const trace = error.stack?.startsWith(head) === true ? error.stack.slice(head.length) : '';
  const frames = trace.split('\n').filter((line) => line.startsWith('    at '));
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.map((line) => line.trim()).join(' | '),
  };
}
