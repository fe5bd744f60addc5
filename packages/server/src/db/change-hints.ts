import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { ChangeHints } from './database.js';

const CHANNEL = 'liyu_changes';
/** Longest pause before the listener connects again, in ms; on the average half of it. */
const PAUSE = 1_000;

/**
 * Hints between nodes by LISTEN and NOTIFY. The payload is the random name of the node that sends, so
 * that it doesn't hear itself: what changed is for the looks at the database to find. The listener has
 * a connection of its own, outside of the pool, which may die without loss: after it there is a hint.
 */
export function postgresHints(url: string, pool: Pick<pg.Pool, 'query'>): ChangeHints {
  const node = randomUUID();
  let sending: Promise<void> | null = null;
  let again = false;
  const send = () => {
    if (sending !== null) {
      again = true;
      return;
    }
    // Should it fail, the other nodes find the change a moment later.
    sending = pool
      .query('SELECT pg_notify($1, $2)', [CHANNEL, node])
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        sending = null;
        if (!again) return;
        again = false;
        send();
      });
  };
  return { send, listen: (onHint) => listen(url, node, onHint) };
}

/** Listens until the end that it returns. */
function listen(url: string, node: string, onHint: () => void): () => Promise<void> {
  let isOpen = true;
  let timer: NodeJS.Timeout | undefined;
  let client: pg.Client;
  const connect = async () => {
    client = new pg.Client({
      connectionString: url,
      application_name: 'liyu-listener',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => {
      if (payload !== node) onHint();
    });
    client.once('end', () => {
      if (!isOpen) return;
      timer = setTimeout(() => {
        connecting = connect();
      }, Math.random() * PAUSE).unref();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      // For what was sent while nobody listened.
      if (isOpen) onHint();
    } catch {
      await client.end().catch(() => undefined);
    }
  };
  let connecting = connect();
  return async () => {
    isOpen = false;
    clearTimeout(timer);
    await connecting;
    await client.end().catch(() => undefined);
  };
}
