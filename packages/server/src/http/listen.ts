import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';

export interface Listener {
  url: string;
  /**
   * Takes no more connections and resolves when the requests under way are answered; what is still
   * open after `patience` ms is cut.
   */
  close(patience: number): Promise<void>;
}

type Fetch = Parameters<typeof getRequestListener>[0];

/** Serves `fetch` over HTTP. Port 0 takes a free one. Rejects when the address can't be had. */
export async function listen(fetch: Fetch, host: string, port: number): Promise<Listener> {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  const busy = new Set<Socket>();
  const open = new Set<Socket>();
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    busy.add(request.socket);
    response.once('close', () => busy.delete(request.socket));
    void listener(request, response);
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  const name = family === 'IPv6' ? `[${address}]` : address;
  const cutIdle = () => {
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
  };
  return { url: `http://${name}:${taken}`, close: (patience) => close(server, cutIdle, patience) };
}

/**
 * Node's closeIdleConnections passes over connections that have sent nothing yet, as browsers open
 * them to spare: hence `cutIdle`, again and again as requests end.
 */
async function close(server: Server, cutIdle: () => void, patience: number): Promise<void> {
  const idle = setInterval(cutIdle, 50);
  const late = setTimeout(() => server.closeAllConnections(), patience);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearInterval(idle);
  clearTimeout(late);
}
